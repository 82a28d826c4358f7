using System.Diagnostics;
using System.Globalization;
using HotspotInference;
using HotspotInference.Features;

// The least that forecasts: loads a model, forecasts once from empty maps on one thread, and says how long that took.
// FirstForecast MODEL [START [FOLDER]]: START is the Stopwatch timestamp of the process that started this one, FOLDER that of optimised
// models. Milliseconds from there, milliseconds from Load, megabytes of memory at most.
long load = Stopwatch.GetTimestamp();
using var predictor = HotspotPredictor.Load(args[0],
    new HotspotPredictorOptions { Threads = 1, OptimizedModelFolder = args.Length > 2 ? args[2] : null });
FeatureSpec features = predictor.Features;
int cells = predictor.Heatmaps.Grid.CellCount;
float[] risk = new float[predictor.Classes.Count * cells];
predictor.Predict(new HotspotInput
{
    Rows = predictor.Heatmaps.Grid.Rows,
    Columns = predictor.Heatmaps.Grid.Columns,
    Maps = new float[features.Maps is { } maps ? maps.Lags.Count * maps.Channels.Count * cells : 0],
    History = new float[features.History is { } history ? history.FeatureCount * cells : 0],
    Calendar = new float[features.Calendar is { } calendar ? calendar.Features.Count : 0],
}, risk);
double sinceLoad = Stopwatch.GetElapsedTime(load).TotalMilliseconds;
double sinceStart = args.Length > 1
    ? Stopwatch.GetElapsedTime(long.Parse(args[1], CultureInfo.InvariantCulture)).TotalMilliseconds
    : double.NaN;
using var self = Process.GetCurrentProcess();
Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{sinceStart:F1} {sinceLoad:F1} {self.PeakWorkingSet64 / 1048576.0:F1}"));
