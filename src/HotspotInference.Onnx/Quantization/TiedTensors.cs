namespace HotspotInference.Onnx.Quantization;

/// <summary>Tensors that have to share a scale, in groups that grow as ties are found.</summary>
sealed class TiedTensors
{
    readonly Dictionary<string, string> _parents = new(StringComparer.Ordinal);

    /// <summary>The tensor that stands for a tensor's group.</summary>
    public string GroupOf(string tensor)
    {
        while (_parents.TryGetValue(tensor, out string? parent))
            tensor = parent;
        return tensor;
    }

    /// <summary>Two tensors, and all tied to either, share a scale.</summary>
    public void Tie(string one, string other)
    {
        (one, other) = (GroupOf(one), GroupOf(other));
        if (one != other)
            _parents[other] = one;
    }
}
