using Microsoft.ML.OnnxRuntime;

namespace HotspotInference.Prediction;

/// <summary>One input of a run, and memory of its own for its values, made when it is first needed. One caller at a time.</summary>
sealed class InputMemory(ModelTensor tensor, in RunShape shape, InferenceDevice device) : IDisposable
{
    // Arrays that large are not moved by the collector; smaller ones are copied in a few microseconds.
    const int LeastSharedBytes = 85_000;

    float[] _data = [];
    OrtValue? _value;

    public string Name { get; } = tensor.Name;

    public long[] Dimensions { get; } = tensor.DimensionsFor(shape);

    /// <summary>How many values it has.</summary>
    public int Length { get; } = checked((int)tensor.LengthFor(shape));

    /// <summary>
    /// Whether a run may read a caller's memory instead: it is worth it, and on the processor. ONNX Runtime copies an input to a graphics
    /// card when it is bound, not when it runs.
    /// </summary>
    public bool IsShareable { get; } =
        device == InferenceDevice.Cpu && tensor.LengthFor(shape) * sizeof(float) >= LeastSharedBytes;

    /// <summary>Memory of its own.</summary>
    public Span<float> Data
    {
        get
        {
            _ = Value;
            return _data;
        }
    }

    /// <summary>The same for ONNX Runtime.</summary>
    public OrtValue Value
    {
        get
        {
            if (_value is null)
            {
                _data = new float[Length];
                _value = OrtValue.CreateTensorValueFromMemory(_data, Dimensions);
            }
            return _value;
        }
    }

    public void Dispose() => _value?.Dispose();
}
