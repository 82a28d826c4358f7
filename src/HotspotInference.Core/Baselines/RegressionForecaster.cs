using System.Numerics.Tensors;
using HotspotInference.Features;
using HotspotInference.Heatmaps;

namespace HotspotInference.Baselines;

/// <summary>
/// Poisson or logistic regression on a cell's recency features: the logarithms of its running rates at several half-lives, its own and its
/// surroundings', the day of the week and the time of day. The rates are the same at every horizon. Immutable and thread-safe.
/// </summary>
public sealed class RegressionForecaster : IntensityForecaster
{
    // Far above anything seen in training: keeps an extrapolation finite.
    const float LargestSum = 10;

    internal RegressionForecaster(string name, HeatmapSpec heatmaps, FeatureSpec features, RegressionLink link,
        RegressionCoefficients[] coefficients)
        : base(name, heatmaps, features)
    {
        Link = link;
        Coefficients = coefficients;
    }

    /// <summary>What the linear sum stands for.</summary>
    public RegressionLink Link { get; }

    /// <summary>What was fitted, for each class.</summary>
    public IReadOnlyList<RegressionCoefficients> Coefficients { get; }

    private protected override void Expect(CityState city, int horizon, Span<float> intensity)
    {
        int cells = Heatmaps.Grid.CellCount, features = Features.History!.FeatureCount / Classes.Count;
        using var rented = new Rented(Features.History.FeatureCount * cells);
        Span<float> rates = rented.Span;
        city.CopyHistory(horizon, rates);
        var calendar = new float[Features.Calendar?.Features.Count ?? 0];
        if (calendar.Length > 0)
            city.CopyCalendar(horizon, calendar);
        for (int c = 0; c < Coefficients.Count; c++)
        {
            RegressionCoefficients of = Coefficients[c];
            Span<float> sums = intensity.Slice(c * cells, cells);
            double start = of.Intercept;
            for (int j = 0; j < calendar.Length; j++)
                start += of.Calendar[j] * calendar[j];
            sums.Fill((float)start);
            for (int f = 0; f < features; f++)
            {
                Span<float> rate = rates.Slice((c * features + f) * cells, cells);
                TensorPrimitives.Add(rate, (float)of.Offset, rate);
                TensorPrimitives.Log(rate, rate);
                TensorPrimitives.MultiplyAdd(rate, (float)of.History[f], sums, sums);
            }
            TensorPrimitives.Min(sums, LargestSum, sums);
            TensorPrimitives.Exp(sums, sums);
            // The chance of none is 1 / (1 + odds), and so is exp(-log(1 + odds)).
            if (Link == RegressionLink.Logit)
                TensorPrimitives.LogP1(sums, sums);
        }
    }
}
