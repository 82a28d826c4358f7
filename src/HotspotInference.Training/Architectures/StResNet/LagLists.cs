namespace HotspotInference.Training.Architectures.StResNet;

/// <summary>Which maps the branches look at, and where these are in a window that holds each of them once. Immutable.</summary>
sealed class LagLists
{
    readonly int[][] _branches;
    readonly int _sums;

    /// <param name="branches">The lags of each branch, in periods before the target; those without any are left out.</param>
    /// <param name="sums">How many maps each map of a branch is the sum of: those of its period and of the periods before.</param>
    /// <exception cref="HotspotException">No branch has a lag.</exception>
    public LagLists(IEnumerable<int[]> branches, int sums)
    {
        _branches = [.. branches.Where(lags => lags.Length > 0)];
        if (_branches.Length == 0)
            throw new HotspotException("st-resnet", "neither closeness, period nor trend", "at least one of them",
                "Leave out one of --closeness none, --period none and --trend none.");
        _sums = sums;
        Window = [.. _branches.SelectMany(lags => lags).SelectMany(Summed).Distinct().OrderDescending()];
        Positions = Array.ConvertAll(_branches, lags => Array.ConvertAll(lags, lag => Array.ConvertAll(Summed(lag), PositionOf)));
    }

    /// <summary>The lags of a window, oldest first.</summary>
    public IReadOnlyList<int> Window { get; }

    /// <summary>For each branch and each of its lags, the positions in the window of the maps that are summed.</summary>
    public long[][][] Positions { get; }

    int[] Summed(int lag) => [.. Enumerable.Range(lag, _sums)];

    long PositionOf(int lag) => Window.TakeWhile(known => known != lag).Count();
}
