namespace HotspotInference.Onnx;

/// <summary>How high the risk of a model is that another city's data are given.</summary>
public enum TransferLevel
{
    /// <summary>
    /// So high that mean risk over the validation days is the share of their cell-periods with incidents, class by class.
    /// </summary>
    Validation,

    /// <summary>As the network says.</summary>
    Keep,
}
