using HotspotInference.Features;
using HotspotInference.Heatmaps;
using Microsoft.ML;
using Microsoft.ML.Data;

namespace HotspotInference.Pipelines;

/// <summary>
/// Adds to each period what was known before it; learns from the column how the maps were made, and what suits them where it is not given.
/// </summary>
public sealed class CityFeatureEstimator : HotspotEstimator<CityFeatureTransformer>
{
    readonly Func<HeatmapSpec, FeatureSpec> _features;
    readonly int _horizon;

    internal CityFeatureEstimator(CityFeature feature, Func<HeatmapSpec, FeatureSpec> features, int horizon) : base(Contract(feature))
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(horizon, 1);
        _features = features;
        _horizon = horizon;
    }

    internal static StepContract Contract(CityFeature feature) => new(CityFeatureTransformer.StepOf(feature),
        PeriodRows.Inputs, feature switch
    {
        CityFeature.History => [Vector(PeriodColumns.History)],
        CityFeature.Calendar => [Vector(PeriodColumns.Calendar)],
        _ => [Vector(PeriodColumns.Window), Vector(PeriodColumns.Target), new(PeriodColumns.IsTarget, BooleanDataViewType.Instance)],
    });

    private protected override CityFeatureTransformer Learn(IDataView input, StepContract contract)
    {
        HeatmapSpec heatmaps = HeatmapAnnotations.Spec(input.Schema);
        return new CityFeatureTransformer(contract, heatmaps, _features(heatmaps), _horizon);
    }

    static DataViewSchema.DetachedColumn Vector(string name) => new(name, new VectorDataViewType(NumberDataViewType.Single, 1));
}
