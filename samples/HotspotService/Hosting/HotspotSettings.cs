namespace HotspotInference.Samples.Hosting;

/// <summary>Which model an application runs, and on what: the section <c>Hotspot</c> of its configuration.</summary>
sealed class HotspotSettings
{
    /// <summary>The .onnx file; the shipped model of Washington DC where null.</summary>
    public string? Model { get; set; }

    /// <summary>What to run on.</summary>
    public InferenceDevice Device { get; set; }

    /// <summary>Whether to run on the processor where the device is missing.</summary>
    public bool AllowFallback { get; set; }

    /// <summary>Threads of one forecast. Where many requests run at a time, one each gets the most done.</summary>
    public int? Threads { get; set; }
}
