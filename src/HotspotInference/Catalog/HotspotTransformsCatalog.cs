using HotspotInference.Features;
using HotspotInference.Heatmaps;
using HotspotInference.Pipelines;
using HotspotInference.Prediction;
using Microsoft.ML;
using Microsoft.ML.Data;

namespace HotspotInference;

/// <summary>From incidents to risk as estimators of ML.NET: <c>ml.Transforms.BuildHeatmaps(...)</c> and so on.</summary>
public static class HotspotTransformsCatalog
{
    /// <summary>Keeps the incidents that pass every condition; learns the area and the span where they are not given.</summary>
    /// <param name="catalog">The catalog.</param>
    /// <param name="options">The conditions.</param>
    /// <exception cref="HotspotException">The last day is before the first.</exception>
    public static IncidentSelectingEstimator SelectIncidents(this TransformsCatalog catalog, IncidentSelectionOptions options)
    {
        ArgumentNullException.ThrowIfNull(catalog);
        ArgumentNullException.ThrowIfNull(options);
        if (options.To < options.From)
            throw new HotspotException("SelectIncidents, span",
                FormattableString.Invariant($"{options.From:yyyy-MM-dd} to {options.To:yyyy-MM-dd}"),
                "a last day on or after the first", "Swap the two dates.");
        return new IncidentSelectingEstimator(options);
    }

    /// <summary>
    /// Keeps the rows of periods that begin in a span of days: those to be looked at, once all that needs the others is computed.
    /// </summary>
    /// <param name="catalog">The catalog.</param>
    /// <param name="from">The first day.</param>
    /// <param name="to">The last day, included; null for the first alone.</param>
    /// <exception cref="HotspotException">The last day is before the first.</exception>
    public static IncidentSelectingEstimator SelectPeriods(this TransformsCatalog catalog, DateOnly from, DateOnly? to = null) =>
        SelectIncidents(catalog,
            new IncidentSelectionOptions { Columns = new() { Time = PeriodColumns.PeriodStart }, From = from, To = to ?? from });

    /// <summary>Adds the cell of each incident: <c>Row</c>, <c>Column</c>, <c>Cell</c> and <c>LocationId</c>.</summary>
    /// <param name="catalog">The catalog.</param>
    /// <param name="grid">The grid, given or learnt.</param>
    /// <param name="columns">Where the incidents are; null for the columns of <see cref="IncidentDataView"/>.</param>
    public static GridCellEstimator MapToGridCell(this TransformsCatalog catalog, GridRule grid, IncidentColumns? columns = null)
    {
        ArgumentNullException.ThrowIfNull(catalog);
        ArgumentNullException.ThrowIfNull(grid);
        return new GridCellEstimator(grid, columns ?? new IncidentColumns());
    }

    /// <summary>Makes one row a period of the incidents, with its heat map.</summary>
    /// <param name="catalog">The catalog.</param>
    /// <param name="heatmaps">How the maps are made.</param>
    /// <param name="options">Which periods become rows; null for those of the incidents.</param>
    public static HeatmapBuildingEstimator BuildHeatmaps(this TransformsCatalog catalog, HeatmapSpec heatmaps,
        HeatmapRowOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(heatmaps);
        return BuildHeatmaps(catalog, GridRule.Given(heatmaps.Grid), _ => heatmaps, options);
    }

    /// <summary>Makes one row a period of the incidents, with its heat map on a grid that is learnt.</summary>
    /// <param name="catalog">The catalog.</param>
    /// <param name="grid">The grid, given or learnt.</param>
    /// <param name="heatmaps">How the maps are made, on the grid found; null for the defaults of <see cref="HeatmapSpec"/>.</param>
    /// <param name="options">Which periods become rows; null for those of the incidents.</param>
    public static HeatmapBuildingEstimator BuildHeatmaps(this TransformsCatalog catalog, GridRule grid,
        Func<GridSpec, HeatmapSpec>? heatmaps = null, HeatmapRowOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(catalog);
        ArgumentNullException.ThrowIfNull(grid);
        return new HeatmapBuildingEstimator(grid, heatmaps ?? (found => new HeatmapSpec { Grid = found }),
            options ?? new HeatmapRowOptions());
    }

    /// <summary>
    /// Makes up the maps of periods without data, as <see cref="HeatmapSpec.Filling"/> says. Windows and rates do so themselves, from what
    /// is known live.
    /// </summary>
    public static HeatmapFillingEstimator FillMissingHeatmaps(this TransformsCatalog catalog)
    {
        ArgumentNullException.ThrowIfNull(catalog);
        return new HeatmapFillingEstimator();
    }

    /// <summary>Turns counts into ones and zeros.</summary>
    /// <param name="catalog">The catalog.</param>
    /// <param name="outputColumnName">The column that is added; of the same name it stands before the input.</param>
    /// <param name="inputColumnName">The counts, a vector of Single; null for the name of the output.</param>
    /// <param name="threshold">Counts at or above this become 1; above 0.</param>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="threshold"/> is not a number above 0.</exception>
    public static HeatmapBinarizingEstimator BinarizeHeatmaps(this TransformsCatalog catalog,
        string outputColumnName = PeriodColumns.Heatmap, string? inputColumnName = null, float threshold = 1)
    {
        ArgumentNullException.ThrowIfNull(catalog);
        ArgumentException.ThrowIfNullOrEmpty(outputColumnName);
        return new HeatmapBinarizingEstimator(outputColumnName, inputColumnName ?? outputColumnName, threshold);
    }

    /// <summary>Adds the running rates of each cell before the period: <see cref="PeriodColumns.History"/>.</summary>
    /// <param name="catalog">The catalog.</param>
    /// <param name="history">Which rates; null for those that suit the maps (<see cref="HistorySpec.Default"/>).</param>
    /// <param name="horizon">How many periods ahead the row's period lies of what is known.</param>
    public static CityFeatureEstimator AppendHistoryFeatures(this TransformsCatalog catalog, HistorySpec? history = null, int horizon = 1)
    {
        ArgumentNullException.ThrowIfNull(catalog);
        return new CityFeatureEstimator(CityFeature.History,
            heatmaps => new FeatureSpec { History = history ?? HistorySpec.Default(heatmaps) }, horizon);
    }

    /// <summary>Adds the features of the whole city at the period: <see cref="PeriodColumns.Calendar"/>.</summary>
    /// <param name="catalog">The catalog.</param>
    /// <param name="calendar">Which features; null for those that suit the cadence (<see cref="CalendarSpec.Default"/>).</param>
    /// <param name="horizon">How many periods ahead the row's period lies of what is known.</param>
    public static CityFeatureEstimator AppendCalendarFeatures(this TransformsCatalog catalog,
        CalendarSpec? calendar = null, int horizon = 1)
    {
        ArgumentNullException.ThrowIfNull(catalog);
        return new CityFeatureEstimator(CityFeature.Calendar,
            heatmaps => new FeatureSpec { Calendar = calendar ?? CalendarSpec.Default(heatmaps.Cadence) }, horizon);
    }

    /// <summary>
    /// Adds the maps before the period and its own as what is to be forecast: <see cref="PeriodColumns.Window"/>,
    /// <see cref="PeriodColumns.Target"/> and <see cref="PeriodColumns.IsTarget"/>. The first rows, which have no whole window, are left
    /// out.
    /// </summary>
    /// <param name="catalog">The catalog.</param>
    /// <param name="window">What a window shows.</param>
    /// <param name="horizon">How many periods ahead the row's period lies of what is known: no lag may be shorter.</param>
    public static CityFeatureEstimator WindowHeatmaps(this TransformsCatalog catalog, MapWindowSpec window, int horizon = 1)
    {
        ArgumentNullException.ThrowIfNull(catalog);
        ArgumentNullException.ThrowIfNull(window);
        return new CityFeatureEstimator(CityFeature.Window, _ => new FeatureSpec { Maps = window }, horizon);
    }

    /// <summary>Adds features of other origin to their periods: <see cref="PeriodColumns.External"/>.</summary>
    /// <param name="catalog">The catalog.</param>
    /// <param name="features">
    /// One row a period: <see cref="PeriodColumns.PeriodStart"/> and <see cref="PeriodColumns.External"/>, <c>[feature, row, column]</c>.
    /// Read once a fit.
    /// </param>
    /// <exception cref="HotspotException">A column of the features is missing or of another type.</exception>
    public static ExternalFeatureEstimator JoinExternalFeatures(this TransformsCatalog catalog, IDataView features)
    {
        ArgumentNullException.ThrowIfNull(catalog);
        ArgumentNullException.ThrowIfNull(features);
        return new ExternalFeatureEstimator(features);
    }

    /// <summary>
    /// Forecasts each row with a model: <see cref="PeriodColumns.Risk"/>, <see cref="PeriodColumns.Hotspots"/>,
    /// <see cref="PeriodColumns.Levels"/>.
    /// </summary>
    /// <param name="catalog">The catalog.</param>
    /// <param name="modelPath">The .onnx file, read now.</param>
    /// <param name="options">How to run it and what is hot; null for the defaults.</param>
    /// <exception cref="HotspotException">As for <see cref="HotspotPredictor.Load(string, HotspotPredictorOptions?)"/>.</exception>
    public static HotspotPredictionEstimator PredictHotspots(this TransformsCatalog catalog, string modelPath,
        HotspotPredictionOptions? options = null)
    {
        // Says of the file what is wrong with it.
        HotspotPredictor.Load(modelPath, options?.Predictor).Dispose();
        return PredictHotspots(catalog, File.ReadAllBytes(modelPath), options);
    }

    /// <summary>Forecasts each row with a model in memory.</summary>
    /// <inheritdoc cref="PredictHotspots(TransformsCatalog, string, HotspotPredictionOptions?)"/>
    /// <param name="catalog">The catalog.</param>
    /// <param name="model">The content of an .onnx file; copied.</param>
    /// <param name="options">How to run it and what is hot; null for the defaults.</param>
    public static HotspotPredictionEstimator PredictHotspots(this TransformsCatalog catalog, ReadOnlyMemory<byte> model,
        HotspotPredictionOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(catalog);
        options ??= new HotspotPredictionOptions();
        using HotspotPredictor predictor = HotspotPredictor.Load(model, options.Predictor);
        return new HotspotPredictionEstimator(model.ToArray(), predictor.Metadata, options);
    }

    /// <summary>Enlarges risk maps for pictures.</summary>
    /// <param name="catalog">The catalog.</param>
    /// <param name="factor">Pixels along a cell, at least 1.</param>
    /// <param name="outputColumnName">The column that is added.</param>
    /// <param name="inputColumnName">The maps, <c>[class, row, column]</c> or <c>[row, column]</c>.</param>
    public static RiskUpsamplingEstimator UpsampleRisk(this TransformsCatalog catalog, int factor,
        string outputColumnName = PeriodColumns.RiskImage, string inputColumnName = PeriodColumns.Risk)
    {
        ArgumentNullException.ThrowIfNull(catalog);
        ArgumentException.ThrowIfNullOrEmpty(outputColumnName);
        ArgumentException.ThrowIfNullOrEmpty(inputColumnName);
        return new RiskUpsamplingEstimator(outputColumnName, inputColumnName, factor);
    }

    /// <summary>
    /// The whole way from incidents to risk as the model's metadata say: heat maps, what the model is given of them, and its forecasts, one
    /// row a period. Risks are those of <see cref="HotspotPredictor.Predict(IEnumerable{Incident}, DateOnly)"/> for the row's day.
    /// </summary>
    /// <param name="catalog">The catalog.</param>
    /// <param name="modelPath">The .onnx file, read now.</param>
    /// <param name="from">The first day to forecast; null for as early as the incidents allow.</param>
    /// <param name="to">The last day to forecast; null for as far ahead as the model can see.</param>
    /// <param name="options">How to run it and what is hot; null for the defaults.</param>
    /// <param name="columns">Where the incidents are; null for the columns of <see cref="IncidentDataView"/>.</param>
    /// <exception cref="HotspotException">
    /// As for <see cref="HotspotPredictor.Load(string, HotspotPredictorOptions?)"/>, or the model needs external features, which only the
    /// single steps can join.
    /// </exception>
    public static EstimatorChain<HotspotPredictionTransformer> ForecastHotspots(this TransformsCatalog catalog, string modelPath,
        DateOnly? from = null, DateOnly? to = null, HotspotPredictionOptions? options = null, IncidentColumns? columns = null) =>
        Chain(catalog, PredictHotspots(catalog, modelPath, options), from, to, columns);

    /// <summary>The whole way from incidents to risk with a model in memory.</summary>
    /// <inheritdoc cref="ForecastHotspots(TransformsCatalog, string, DateOnly?, DateOnly?, HotspotPredictionOptions?, IncidentColumns?)"/>
    /// <param name="catalog">The catalog.</param>
    /// <param name="model">The content of an .onnx file; copied.</param>
    /// <param name="from">The first day to forecast; null for as early as the incidents allow.</param>
    /// <param name="to">The last day to forecast; null for as far ahead as the model can see.</param>
    /// <param name="options">How to run it and what is hot; null for the defaults.</param>
    /// <param name="columns">Where the incidents are; null for the columns of <see cref="IncidentDataView"/>.</param>
    public static EstimatorChain<HotspotPredictionTransformer> ForecastHotspots(this TransformsCatalog catalog, ReadOnlyMemory<byte> model,
        DateOnly? from = null, DateOnly? to = null, HotspotPredictionOptions? options = null, IncidentColumns? columns = null) =>
        Chain(catalog, PredictHotspots(catalog, model, options), from, to, columns);

    static EstimatorChain<HotspotPredictionTransformer> Chain(TransformsCatalog catalog, HotspotPredictionEstimator predict,
        DateOnly? from, DateOnly? to, IncidentColumns? columns)
    {
        ModelMetadata model = predict.Metadata;
        if (model.External.Count > 0)
            throw new HotspotException($"model '{model.Name}'",
                $"the external features {string.Join(", ", model.External.Select(feature => feature.Name))}", "a model of incidents alone",
                "Put the chain together from BuildHeatmaps, JoinExternalFeatures and the other steps.");
        var rows =
            new HeatmapRowOptions { Columns = columns ?? new IncidentColumns(), From = model.HistoryFrom, PeriodsAhead = model.Horizon };
        EstimatorChain<ITransformer> chain = new EstimatorChain<ITransformer>()
            .Append<ITransformer>(BuildHeatmaps(catalog, model.Heatmaps, rows));
        if (model.Features.History is { } history)
            chain = chain.Append<ITransformer>(AppendHistoryFeatures(catalog, history, model.Horizon));
        if (model.Features.Calendar is { } calendar)
            chain = chain.Append<ITransformer>(AppendCalendarFeatures(catalog, calendar, model.Horizon));
        if (model.Features.Maps is { } window)
            chain = chain.Append<ITransformer>(WindowHeatmaps(catalog, window, model.Horizon));
        if (from is not null || to is not null)
            chain = chain.Append<ITransformer>(
                SelectIncidents(catalog, new() { Columns = new() { Time = PeriodColumns.PeriodStart }, From = from, To = to }));
        return chain.Append(predict);
    }
}
