using System.Text.Json;
using System.Text.Json.Serialization;
using HotspotInference.Features;
using HotspotInference.Forecasts;
using HotspotInference.Grids;
using HotspotInference.Heatmaps;

namespace HotspotInference.Pipelines.Saving;

/// <summary>A pipeline as JSON. Everything is required and nothing unknown accepted, so that it is understood in full or refused.</summary>
sealed record PipelineDocument(int SchemaVersion, StepDocument[] Steps);

/// <summary>The one property that is read first, of a document of any version.</summary>
sealed record PipelineVersionDocument(int SchemaVersion);

/// <summary>The fitted state of one step.</summary>
[JsonPolymorphic(TypeDiscriminatorPropertyName = "step", UnknownDerivedTypeHandling = JsonUnknownDerivedTypeHandling.FailSerialization)]
[JsonDerivedType(typeof(SelectIncidentsDocument), "select_incidents")]
[JsonDerivedType(typeof(MapToGridCellDocument), "map_to_grid_cell")]
[JsonDerivedType(typeof(BuildHeatmapsDocument), "build_heatmaps")]
[JsonDerivedType(typeof(FillMissingHeatmapsDocument), "fill_missing_heatmaps")]
[JsonDerivedType(typeof(BinarizeHeatmapsDocument), "binarize_heatmaps")]
[JsonDerivedType(typeof(CityFeaturesDocument), "city_features")]
[JsonDerivedType(typeof(JoinExternalFeaturesDocument), "join_external_features")]
[JsonDerivedType(typeof(PredictHotspotsDocument), "predict_hotspots")]
[JsonDerivedType(typeof(UpsampleRiskDocument), "upsample_risk")]
abstract record StepDocument
{
    /// <summary>The step again.</summary>
    /// <param name="predictor">What to run models on.</param>
    public abstract HotspotTransformer Load(HotspotPredictorOptions predictor);
}

sealed record SelectIncidentsDocument(IncidentColumns Columns, DateOnly? From, DateOnly? To, IReadOnlyList<string>? Kinds,
    string? Place, string? Area, string? Near) : StepDocument
{
    public override HotspotTransformer Load(HotspotPredictorOptions predictor)
    {
        var options = new IncidentSelectionOptions
        {
            Columns = Columns,
            From = From,
            To = To,
            Kinds = Kinds,
            Place = Place,
            Area = Area is null ? null : AreaRule.Given(GeoBounds.Parse(Area)),
            Near = Near is null ? null : GeoCircle.Parse(Near),
        };
        return new IncidentSelectingTransformer(IncidentSelectingEstimator.Contract(options), options);
    }
}

sealed record GridDocument(string Area, int Rows, int Columns)
{
    public static GridDocument Of(GridSpec grid) => new(grid.Bounds.ToString(), grid.Rows, grid.Columns);

    public GridSpec ToGrid() => new(GeoBounds.Parse(Area), Rows, Columns);
}

sealed record MapToGridCellDocument(GridDocument Grid, IncidentColumns Columns) : StepDocument
{
    public override HotspotTransformer Load(HotspotPredictorOptions predictor) =>
        new GridCellTransformer(GridCellEstimator.Contract(Columns), Grid.ToGrid(), Columns);
}

sealed record BuildHeatmapsDocument(JsonElement Heatmaps, IncidentColumns Columns, DateOnly? From,
    DateOnly? Through, int PeriodsAhead) : StepDocument
{
    public override HotspotTransformer Load(HotspotPredictorOptions predictor)
    {
        var options = new HeatmapRowOptions { Columns = Columns, From = From, Through = Through, PeriodsAhead = PeriodsAhead };
        return new HeatmapBuildingTransformer(HeatmapBuildingEstimator.Contract(options), HeatmapJson.Read(Heatmaps), options);
    }
}

sealed record FillMissingHeatmapsDocument(JsonElement Heatmaps) : StepDocument
{
    public override HotspotTransformer Load(HotspotPredictorOptions predictor) =>
        new HeatmapFillingTransformer(HeatmapFillingEstimator.Contract(), HeatmapJson.Read(Heatmaps));
}

sealed record BinarizeHeatmapsDocument(string Output, string Input, float Threshold) : StepDocument
{
    public override HotspotTransformer Load(HotspotPredictorOptions predictor) =>
        new HeatmapBinarizingTransformer(HeatmapBinarizingEstimator.Contract(Output, Input), Output, Input, Threshold);
}

sealed record CityFeaturesDocument(JsonElement Heatmaps, FeatureSpec Features, int Horizon) : StepDocument
{
    public override HotspotTransformer Load(HotspotPredictorOptions predictor) =>
        new CityFeatureTransformer(CityFeatureEstimator.Contract(CityFeatureTransformer.FeatureOf(Features)),
            HeatmapJson.Read(Heatmaps), Features, Horizon);
}

sealed record ExternalRowDocument(DateTime Start, float[] Values);

sealed record JoinExternalFeaturesDocument(int[] Shape, ExternalRowDocument[] Rows) : StepDocument
{
    public override HotspotTransformer Load(HotspotPredictorOptions predictor) =>
        new ExternalFeatureTransformer(ExternalFeatureEstimator.Contract(),
            new Microsoft.ML.Data.VectorDataViewType(Microsoft.ML.Data.NumberDataViewType.Single, Shape),
            Rows.ToDictionary(row => row.Start, row => row.Values));
}

sealed record ThresholdsDocument(string[] Classes, double[] Percentiles, double[] Risks, ThresholdSource Source, int IgnoredMarginCells)
{
    public static ThresholdsDocument From(PercentileTable table) =>
        new([.. table.Classes], [.. table.Percentiles], table.Values.ToArray(), table.Source, table.Border.MarginCells);

    public PercentileTable ToTable() => new(Classes, Percentiles, Risks, Source, BorderPolicy.Ignore(IgnoredMarginCells));
}

sealed record PredictHotspotsDocument(byte[] Model, double Percentile, int BatchSize, int IgnoredMarginCells,
    ThresholdsDocument? Thresholds) : StepDocument
{
    public override HotspotTransformer Load(HotspotPredictorOptions predictor)
    {
        HotspotPredictor loaded = HotspotPredictor.Load(Model, predictor with { Border = BorderPolicy.Ignore(IgnoredMarginCells) });
        return new HotspotPredictionTransformer(HotspotPredictionEstimator.Contract(loaded.Metadata),
            Model, loaded, Percentile, BatchSize, Thresholds?.ToTable());
    }
}

sealed record UpsampleRiskDocument(string Output, string Input, int Factor) : StepDocument
{
    public override HotspotTransformer Load(HotspotPredictorOptions predictor) =>
        new RiskUpsamplingTransformer(RiskUpsamplingEstimator.Contract(Output, Input), Output, Input, Factor);
}

/// <summary>How heat maps are made, in the core's own words.</summary>
static class HeatmapJson
{
    public static JsonElement Write(HeatmapSpec heatmaps)
    {
        using JsonDocument document = JsonDocument.Parse(heatmaps.ToJson());
        return document.RootElement.Clone();
    }

    public static HeatmapSpec Read(JsonElement heatmaps) => HeatmapSpec.Parse(heatmaps.GetRawText());
}

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower, RespectNullableAnnotations = true,
    RespectRequiredConstructorParameters = true, IgnoreReadOnlyProperties = true,
    UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow,
    NumberHandling = JsonNumberHandling.AllowNamedFloatingPointLiterals, WriteIndented = true)]
[JsonSerializable(typeof(PipelineDocument))]
sealed partial class PipelineJson : JsonSerializerContext;

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower)]
[JsonSerializable(typeof(PipelineVersionDocument))]
sealed partial class PipelineVersionJson : JsonSerializerContext;
