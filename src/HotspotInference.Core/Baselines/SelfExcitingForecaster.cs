using HotspotInference.Features;
using HotspotInference.Heatmaps;

namespace HotspotInference.Baselines;

/// <summary>
/// The conditional intensity of a self-exciting point process, from two running rates a class: one that forgets and one that does not.
/// Further ahead, incidents that are still to come trigger others on average, where their parents lie. Immutable and thread-safe.
/// </summary>
public sealed class SelfExcitingForecaster : IntensityForecaster
{
    readonly SmoothedRates _smoothed;

    internal SelfExcitingForecaster(string name, HeatmapSpec heatmaps, SelfExcitingParameters[] parameters)
        : this(name, heatmaps, parameters,
            new SmoothedRates(heatmaps, [.. parameters.SelectMany((of, c) => Rates(c, of, heatmaps.Cadence.Days))]))
    {
    }

    SelfExcitingForecaster(string name, HeatmapSpec heatmaps, SelfExcitingParameters[] parameters, SmoothedRates smoothed)
        : base(name, heatmaps, new FeatureSpec { History = smoothed.Spec })
    {
        Parameters = parameters;
        _smoothed = smoothed;
    }

    /// <summary>What was fitted, for each class.</summary>
    public IReadOnlyList<SelfExcitingParameters> Parameters { get; }

    private protected override void Expect(CityState city, int horizon, Span<float> intensity)
    {
        int cells = Heatmaps.Grid.CellCount;
        using var rented = new Rented(2 * intensity.Length);
        Span<float> rates = rented.Span;
        _smoothed.CopyTo(city, rates);
        for (int c = 0; c < Parameters.Count; c++)
        {
            SelfExcitingParameters of = Parameters[c];
            ReadOnlySpan<float> background = rates.Slice(2 * c * cells, cells), recent = rates.Slice((2 * c + 1) * cells, cells);
            double decay = Math.Exp(-of.DecayPerDay * Heatmaps.Cadence.Days);
            // From one period to the next what is triggered fades and is renewed by what it triggers itself.
            double kept = decay + of.Productivity * (1 - decay), own = 0, left = 1;
            for (int h = 1; h < horizon; h++)
                (own, left) = (own * kept + of.Productivity * (1 - decay), left * kept);
            for (int i = 0; i < cells; i++)
            {
                double expected = of.BackgroundScale * background[i] + of.Floor;
                intensity[c * cells + i] = (float)(expected * (1 + own) + left * of.Productivity * recent[i]);
            }
        }
    }

    static (int, double, double)[] Rates(int c, SelfExcitingParameters of, double periodDays) =>
    [
        (c, RateForecaster.AverageHalfLife / periodDays, of.BackgroundBandwidthMeters),
        (c, Math.Log(2) / (of.DecayPerDay * periodDays), of.SpreadMeters),
    ];
}
