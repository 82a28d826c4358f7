using System.CommandLine;
using System.Globalization;
using HotspotInference.Cli.Options;
using HotspotInference.Cli.Terminal;
using HotspotInference.Evaluation;
using HotspotInference.Features;
using HotspotInference.Forecasts;
using HotspotInference.Heatmaps;
using HotspotInference.Models;
using HotspotInference.Periods;
using HotspotInference.Prediction;
using HotspotInference.Simulation;

namespace HotspotInference.Cli.Verbs;

/// <summary><c>hotspot demo</c>: everything once, on a simulated city, without data.</summary>
sealed class DemoVerb : Verb
{
    const int DaysScored = 90;
    const double Percentile = 96;

    readonly Option<string> _out = new DefaultedOption<string>("--out", "folder",
        "Gets the incidents (.csv.gz), the risk map (.png) and the hot cells (.geojson).", "out");
    readonly JsonOption _json = new();

    public DemoVerb()
        : base("demo", "Forecasts a simulated city with a shipped model: map and hot cells, scored beside baselines and the ceiling that "
            + "the true intensity sets.")
    {
        Add(_out);
        Add(_json);
    }

    public override IReadOnlyList<string> Examples => ["hotspot demo", "hotspot demo --out demo --json demo/scores.json"];

    public override void Run(ParseResult arguments, VerbConsole console, CancellationToken cancellationToken)
    {
        string folder = OutputPlace.Folder("--out", arguments.GetRequiredValue(_out));
        using HotspotPredictor predictor = HotspotPredictor.Load(HotspotModels.DemoCity);

        // The city that the model was fitted to, and the days after: the simulation goes on where the model's data ended.
        DateOnly first = predictor.Metadata.Validation!.Value.Last.AddDays(1), forecastDay = first.AddDays(DaysScored);
        var options = new SimulatedCityOptions();
        options = options with { Days = forecastDay.DayNumber - options.Start.DayNumber + 1 };
        var city = new SimulatedCity(options, cancellationToken);
        string incidents = Path.Combine(folder, "incidents.csv.gz");
        Incidents.IncidentWriter.Write(incidents, city.Incidents, cancellationToken);

        CityState state = predictor.CreateState(city.Incidents, through: forecastDay.AddDays(-1));
        HotspotForecast forecast = predictor.Predict(state);
        HotspotSelection hotspots = forecast.Hotspots(Percentile);
        Incident[] happened = [.. city.Incidents
            .Where(incident => incident.Time >= forecast.PeriodStart && incident.Time < forecast.PeriodEnd)];
        IReadOnlyList<string> files = ForecastFiles.Write(folder, forecast, hotspots, happened);

        var scored = new DaySpan(first, forecastDay.AddDays(-1));
        EvaluationReport report = console.Progress("Scoring", progress => Score(predictor, city, scored, progress, cancellationToken));
        console.Report(arguments.GetValue(_json), report.ToJson, () =>
        {
            HashSet<int> hot = [.. hotspots.Cells.Select(cell => cell.Row * forecast.Grid.Columns + cell.Column)];
            int hit = happened.Count(incident => hot.Contains(forecast.Grid.CellOf(incident.Latitude, incident.Longitude)));
            int before = city.Incidents.Count - happened.Length;
            console.Line(string.Create(CultureInfo.InvariantCulture,
                $"A made-up city, forecast for {forecastDay:yyyy-MM-dd} from the {before} incidents before."));
            console.Line(string.Create(CultureInfo.InvariantCulture,
                $"Hot are {hotspots.Cells.Count} of {forecast.Grid.CellCount} cells, those above a risk of {hotspots.Threshold.Value:G4} "
                + $"({ScoreText.Source(hotspots.Threshold.Source)})."));
            console.Line(string.Create(CultureInfo.InvariantCulture, $"{hit} of that day's {happened.Length} incidents fell into them."));
            console.Line();
            foreach (string file in (IEnumerable<string>)[incidents, .. files])
                console.Line(file);
            console.Line();
            console.Line($"The {DaysScored} days before, each forecast from the days before it. The last row knows the true intensity: "
                + "no forecaster beats it but by luck.");
            ScoreTables.Show(report, forecast.DefaultClass, Percentile, console);
        });
    }

    static EvaluationReport Score(
        HotspotPredictor predictor, SimulatedCity city, DaySpan days, IProgress<double> progress, CancellationToken cancellationToken)
    {
        HeatmapSpec spec = predictor.Heatmaps;
        PeriodRange span = PeriodRange.Days(spec.Cadence, days.First, days.Last);
        var builder = new HeatmapBuilder(spec, PeriodRange.Days(spec.Cadence, predictor.Metadata.HistoryFrom!.Value, days.Last));
        builder.AddRange(city.Incidents, cancellationToken);
        ScoringOptions options = ScoringOptions.Default with { Thresholds = predictor.Metadata.Thresholds };
        var ceiling = new ForecastScorer(spec.Grid, predictor.Classes, ScoringOptions.Default);
        using IEnumerator<float[]> intensity = city.ExpectedCounts(spec, span).GetEnumerator();
        EvaluationReport report = ForecastEvaluation.Run(
            builder.Build(), predictor, ForecastEvaluation.DefaultBaselines(spec), span, options,
            visit: period =>
            {
                intensity.MoveNext();
                ceiling.Add(Array.ConvertAll(intensity.Current, expected => (float)-double.ExpM1(-expected)), period.Actual);
            },
            progress: progress, cancellationToken: cancellationToken);
        ForecasterScore best = ceiling.Score("true intensity", cancellationToken: cancellationToken);
        return EvaluationReport.Create(report.Model, [.. report.Baselines, best], span);
    }
}
