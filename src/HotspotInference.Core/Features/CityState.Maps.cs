using HotspotInference.Heatmaps;

namespace HotspotInference.Features;

public sealed partial class CityState
{
    /// <summary>One of the kept maps, sparse and of all classes, if it is one to learn from.</summary>
    /// <param name="lag">How many periods before <see cref="NextPeriod"/>, from 1 to the longest lag of the window.</param>
    /// <param name="entries">Receives the non-zero counts in the order of their index.</param>
    /// <returns>False for a period before <see cref="FirstPeriod"/>, one that is missing, or one that is left out.</returns>
    internal bool TryGetMap(int lag, out ReadOnlySpan<HeatmapEntry> entries)
    {
        RecentMaps recent = _maps ?? throw NotKept("maps");
        long period = NextPeriod - lag;
        entries = [];
        return period >= FirstPeriod && !Heatmaps.IsExcluded(period) && recent.TryGet(period, out entries);
    }
}
