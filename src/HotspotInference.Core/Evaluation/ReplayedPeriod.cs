namespace HotspotInference.Evaluation;

/// <summary>One period of a replay: what was forecast and what happened. Valid only during the call that it is given to.</summary>
public readonly ref struct ReplayedPeriod
{
    readonly float[][] _risks;
    readonly float[][] _intensities;

    internal ReplayedPeriod(long period, DateTime start, bool isScored, ReadOnlySpan<float> actual, float[][] risks,
        float[][] intensities)
    {
        Period = period;
        Start = start;
        IsScored = isScored;
        Actual = actual;
        _risks = risks;
        _intensities = intensities;
    }

    /// <summary>The number of the period.</summary>
    public long Period { get; }

    /// <summary>Wall-clock start of the period.</summary>
    public DateTime Start { get; }

    /// <summary>Whether the period counts: it has data and is not left out.</summary>
    public bool IsScored { get; }

    /// <summary><c>[class, row, column]</c>: how many incidents there were.</summary>
    public ReadOnlySpan<float> Actual { get; }

    /// <summary><c>[class, row, column]</c>: what one of the forecasters expected, probabilities.</summary>
    /// <param name="forecaster">Its position in the replay's list.</param>
    public ReadOnlySpan<float> Risk(int forecaster) => _risks[forecaster];

    /// <summary><c>[class, row, column]</c>: how many incidents one of the forecasters expected; empty where it does not say.</summary>
    /// <param name="forecaster">Its position in the replay's list.</param>
    public ReadOnlySpan<float> Intensity(int forecaster) => _intensities[forecaster];
}
