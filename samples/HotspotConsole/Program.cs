// Five lines to a forecast: reports of gunfire in Washington DC in, the cells where it is likeliest tomorrow out.
using HotspotInference;
using HotspotInference.Models;

// Yours come from new IncidentReader("reports.csv").Read() or from a database. These are made up: every evening at the same corner.
var incidents = Enumerable.Range(0, 30).Select(day => new Incident(new DateTime(2016, 6, 14, 22, 0, 0).AddDays(day), 38.8285, -77.0015));

using var predictor = HotspotPredictor.Load(HotspotModels.DcGunfireDaily);
HotspotForecast next = predictor.Predict(predictor.CreateState(incidents));
Console.WriteLine(FormattableString.Invariant($"{next.PeriodStart:yyyy-MM-dd}: {next.RiskAt(38.8285, -77.0015):0.000000} at the corner"));
foreach (var cell in next.Hotspots(percentile: 96).Cells.Take(3))
    Console.WriteLine(FormattableString.Invariant($"row {cell.Row}, column {cell.Column}: {cell.Risk:0.000000}"));
