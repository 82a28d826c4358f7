using HotspotInference.Grids;

namespace HotspotInference.Pipelines;

/// <summary>How a study area is found: given, or learnt from the incidents. Immutable.</summary>
public sealed class AreaRule
{
    readonly Func<IReadOnlyList<Incident>, GeoBounds> _find;

    AreaRule(Func<IReadOnlyList<Incident>, GeoBounds> find) => _find = find;

    /// <summary>The smallest rectangle around all incidents (<see cref="StudyArea.Whole"/>).</summary>
    public static AreaRule Whole { get; } = new(incidents => StudyArea.Whole(incidents).Bounds);

    internal GeoBounds? Known { get; private init; }

    /// <summary>This rectangle.</summary>
    public static AreaRule Given(GeoBounds bounds) => new(_ => bounds) { Known = bounds };

    /// <summary>A small rectangle that loses at most a share of the incidents (<see cref="StudyArea.ByMaximumLoss"/>).</summary>
    /// <param name="maximumLostShare">The share that may be lost, 0 up to but not 1.</param>
    public static AreaRule MaximumLoss(double maximumLostShare) =>
        new(incidents => StudyArea.ByMaximumLoss(incidents, maximumLostShare).Bounds);

    /// <summary>Outer rows and columns that hold too few are cut (<see cref="StudyArea.ByEdgeRule"/>).</summary>
    /// <param name="minimumPerLine">Incidents that an outer row or column must hold, at least 1.</param>
    public static AreaRule EdgeRule(int minimumPerLine) => new(incidents => StudyArea.ByEdgeRule(incidents, minimumPerLine).Bounds);

    /// <summary>From the lower to the upper quantile of each coordinate (<see cref="StudyArea.ByQuantiles"/>).</summary>
    /// <param name="lower">The lower quantile, 0..1, below <paramref name="upper"/>.</param>
    /// <param name="upper">The upper quantile, 0..1.</param>
    public static AreaRule Quantiles(double lower, double upper) => new(incidents => StudyArea.ByQuantiles(incidents, lower, upper).Bounds);

    internal GeoBounds Find(IReadOnlyList<Incident> incidents) => _find(incidents);
}
