using HotspotInference.Forecasts;
using HotspotInference.Prediction;
using Microsoft.ML;
using Microsoft.ML.Data;

namespace HotspotInference.Pipelines;

/// <summary>Forecasts with a model; each fit loads a session of its own.</summary>
public sealed class HotspotPredictionEstimator : HotspotEstimator<HotspotPredictionTransformer>
{
    readonly byte[] _model;
    readonly HotspotPredictionOptions _options;

    internal HotspotPredictionEstimator(byte[] model, ModelMetadata metadata, HotspotPredictionOptions options) : base(Contract(metadata))
    {
        if (metadata.IsStreaming)
            throw new HotspotException($"model '{metadata.Name}'",
                "a state that it carries from one period to the next", "a model of windows, since rows know nothing of each other",
                "Forecast from a CityState with HotspotPredictor, or train the model without --streaming.");
        if (metadata.FixedBatch is { } batch && (batch != 1 || options.BatchSize != 1))
            throw new HotspotException($"model '{metadata.Name}'",
                $"a batch of {batch} only, with BatchSize {options.BatchSize}", "a model for any batch, or for 1 with BatchSize 1",
                "Set BatchSize to 1, or write the model again without --fixed-batch.");
        _model = model;
        _options = options;
        Metadata = metadata;
    }

    /// <summary>What the model says of itself.</summary>
    public ModelMetadata Metadata { get; }

    internal static StepContract Contract(ModelMetadata metadata) => new("PredictHotspots", [.. Inputs(metadata)],
    [
        new(PeriodColumns.Risk, new VectorDataViewType(NumberDataViewType.Single, 1)),
        new(PeriodColumns.Hotspots, new VectorDataViewType(BooleanDataViewType.Instance, 1)),
        new(PeriodColumns.Levels, new VectorDataViewType(NumberDataViewType.Byte, 1)),
    ]);

    private protected override HotspotPredictionTransformer Learn(IDataView input, StepContract contract)
    {
        HotspotPredictor predictor = HotspotPredictor.Load(_model, _options.Predictor);
        var transformer = new HotspotPredictionTransformer(contract, _model, predictor, _options.Percentile,
            _options.BatchSize, predictor.Metadata.Thresholds);
        if (!_options.LearnThresholds)
            return transformer;
        try
        {
            IDataView forecasts = transformer.Transform(input);
            DataViewSchema.Column risk = forecasts.Schema[PeriodColumns.Risk];
            var risks = new List<float>();
            using DataViewRowCursor cursor = forecasts.GetRowCursor([risk]);
            ValueGetter<VBuffer<float>> getter = cursor.GetGetter<VBuffer<float>>(risk);
            VBuffer<float> values = default;
            while (cursor.MoveNext())
            {
                getter(ref values);
                risks.AddRange(values.GetValues());
            }
            if (risks.Count == 0)
                throw new HotspotException("PredictHotspots, thresholds", "no rows to learn them from", "at least one",
                    "Fit to rows, or leave LearnThresholds out.");
            System.Collections.Immutable.ImmutableArray<int> shape = ((VectorDataViewType)risk.Type).Dimensions;
            PercentileTable table = PercentileTable.Over(predictor.Classes, shape[1], shape[2], risks.ToArray(),
                [.. PercentileTable.DefaultPercentiles.Append(_options.Percentile).Distinct()], ThresholdSource.Batch, predictor.Border);
            return new HotspotPredictionTransformer(contract, _model, predictor, _options.Percentile, _options.BatchSize, table);
        }
        catch
        {
            predictor.Dispose();
            throw;
        }
    }

    static IEnumerable<InputColumn> Inputs(ModelMetadata metadata)
    {
        if (metadata.Features.Maps is not null)
            yield return Vector(PeriodColumns.Window);
        if (metadata.Features.History is not null)
            yield return Vector(PeriodColumns.History);
        if (metadata.Features.Calendar is not null)
            yield return Vector(PeriodColumns.Calendar);
        if (metadata.External.Count > 0)
            yield return Vector(PeriodColumns.External);

        static InputColumn Vector(string name) => new(name, NumberDataViewType.Single, InputKind.Vector);
    }
}
