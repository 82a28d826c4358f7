using HotspotInference.Forecasts;
using HotspotInference.Heatmaps;
using HotspotInference.Prediction;

namespace HotspotInference.Cli.Verbs;

/// <summary>The models of one comparison: all for heat maps that are made in the same way.</summary>
sealed class ComparedModels : IDisposable
{
    readonly List<HotspotPredictor> _predictors = [];

    /// <summary>The models, in the order given.</summary>
    public IReadOnlyList<HotspotPredictor> Predictors => _predictors;

    /// <summary>The last day that any has seen, thresholds included.</summary>
    public DateOnly? LearntTo => _predictors.Max(predictor => predictor.Metadata.Validation?.Last ?? predictor.Metadata.Training?.Last);

    /// <summary>The study area's time zone, where a model knows it.</summary>
    public string? TimeZone => _predictors.Select(predictor => predictor.Metadata.TimeZone).FirstOrDefault(zone => zone is not null);

    /// <summary>The margin that the first leaves out.</summary>
    public BorderPolicy Border => _predictors is [var first, ..] ? first.Border : default;

    /// <summary>Loads models.</summary>
    /// <exception cref="HotspotException">A file is no model, or its maps are made in another way than the first's.</exception>
    public static ComparedModels Load(IReadOnlyList<string> files)
    {
        var models = new ComparedModels();
        try
        {
            foreach (string file in files)
            {
                models._predictors.Add(HotspotPredictor.Load(file));
                models.CheckLast(file, files[0]);
            }
            return models;
        }
        catch
        {
            models.Dispose();
            throw;
        }
    }

    public void Dispose() => _predictors.ForEach(predictor => predictor.Dispose());

    void CheckLast(string file, string first)
    {
        ModelMetadata mine = _predictors[^1].Metadata, other = _predictors[0].Metadata;
        HeatmapSpec maps = mine.Heatmaps, others = other.Heatmaps;
        (string Name, object? Mine, object? Other)[] settings =
        [
            ("grid", maps.Grid, others.Grid), ("cadence", maps.Cadence, others.Cadence), ("choice of kinds", maps.Kinds, others.Kinds),
            ("choice of days left out", maps.ExcludedDays, others.ExcludedDays),
                ("rule for missing periods", maps.MissingPeriods, others.MissingPeriods),
            ("list of gaps", maps.Gaps, others.Gaps), ("filling", maps.Filling, others.Filling),
            ("time zone", mine.TimeZone ?? other.TimeZone, other.TimeZone ?? mine.TimeZone),
        ];
        foreach ((string name, object? found, object? expected) in settings)
        {
            if (!Equals(found, expected))
                throw new HotspotException(file, $"heat maps whose {name} differs: {Text(found)}", $"that of {first}: {Text(expected)}",
                    "Compare models of one specification of heat maps; score the others by themselves.");
        }
    }

    static string Text(object? setting) => setting?.ToString() is { Length: > 0 } text ? text : "none";
}
