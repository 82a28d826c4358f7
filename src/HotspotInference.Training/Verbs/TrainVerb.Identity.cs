using System.CommandLine;
using HotspotInference.Features;
using HotspotInference.Heatmaps;
using HotspotInference.Onnx;
using HotspotInference.Prediction;
using HotspotInference.Training.Architectures;

namespace HotspotInference.Training.Verbs;

// What the model says of itself, and what makes a training the same as another.
sealed partial class TrainVerb
{
    ModelMetadata Metadata(ParseResult arguments, HeatmapSeries series, FeatureSpec features, Architecture architecture,
        IReadOnlyList<long> learnt,
        IReadOnlyList<long> held)
    {
        HeatmapSpec spec = series.Spec;
        long end = Math.Max(learnt[^1], held.Count > 0 ? held[^1] : 0) + 1;
        return new ModelMetadata
        {
            Architecture = architecture.Name,
            Name = arguments.GetValue(_name) ?? Path.GetFileNameWithoutExtension(arguments.GetRequiredValue(_out)),
            Heatmaps = spec,
            TimeZone = _heatmaps.Incidents.TimeZone(arguments),
            Features = features,
            Horizon = _options.Horizon(arguments),
            Classes = spec.Kinds.Classes,
            HistoryFrom = DateOnly.FromDateTime(series.Periods.Start),
            Training = TrainSpans.DaysOf(spec.Cadence, learnt),
            Validation = held.Count > 0 ? TrainSpans.DaysOf(spec.Cadence, held) : null,
            // Without what comes later, so that more data do not make it another training.
            DataFingerprint = ModelValidation.Fingerprint(series.Slice(series.Periods with { Count = (int)(end - series.Periods.First) })),
            Seed = _options.Trainer(arguments).Seed,
            CreatedBy = "hotspot train",
        };
    }

    SortedDictionary<string, string> Identity(ParseResult arguments, ModelMetadata metadata, StartWeights? begin)
    {
        var identity = new SortedDictionary<string, string>(new Dictionary<string, string>(_options.Identity(arguments)),
            StringComparer.Ordinal)
        {
            ["incidents"] = metadata.DataFingerprint!,
            ["training span"] = metadata.Training.ToString()!,
            ["validation span"] = metadata.Validation?.ToString() ?? "none",
        };
        if (begin is not null)
            identity.Add("--start", begin.Hash);
        return identity;
    }
}
