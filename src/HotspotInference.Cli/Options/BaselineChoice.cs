namespace HotspotInference.Cli.Options;

/// <summary>Which baselines stand beside a model.</summary>
enum BaselineChoice
{
    /// <summary>Those that need no fit.</summary>
    Quick,

    /// <summary>All, fitted to what lies before the span.</summary>
    All,

    /// <summary>None.</summary>
    None,
}
