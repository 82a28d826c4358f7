using System.Globalization;
using HotspotInference.Forecasts;
using HotspotInference.Incidents;
using HotspotInference.Rendering;
using Microsoft.Extensions.Options;

namespace HotspotInference.Samples.Worker;

/// <summary>Forecasts the day that has begun, once a day, and writes its hot cells.</summary>
sealed partial class DailyForecaster(
    HotspotPredictor predictor, IOptions<DailySettings> settings, TimeProvider clock, IHostApplicationLifetime application,
    ILogger<DailyForecaster> log) : BackgroundService
{
    readonly DailySettings _settings = settings.Value;

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        if (_settings.Day is { } day)
        {
            Forecast(day, stoppingToken);
            application.StopApplication();
            return;
        }
        TimeZoneInfo zone = TimeZoneInfo.FindSystemTimeZoneById(_settings.TimeZone);
        while (true)
        {
            DateTime now = TimeZoneInfo.ConvertTime(clock.GetUtcNow(), zone).DateTime, next = now.Date + _settings.At.ToTimeSpan();
            if (next <= now)
                next = next.AddDays(1);
            await Task.Delay(next - now, clock, stoppingToken);
            try
            {
                Forecast(DateOnly.FromDateTime(next), stoppingToken);
            }
            catch (HotspotException unusable)
            {
                // Such as reports that do not reach up to yesterday: no forecast is better than one from old reports.
                LogNoForecast(unusable, next);
            }
        }
    }

    void Forecast(DateOnly day, CancellationToken stoppingToken)
    {
        var reader = new IncidentReader(_settings.Incidents);
        HotspotForecast forecast = predictor.Predict(reader.Read(token: stoppingToken), at: day);
        HotspotSelection hot = forecast.Hotspots(_settings.Percentile);

        Directory.CreateDirectory(_settings.Folder);
        string file = Path.Combine(_settings.Folder, day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture) + ".geojson");
        using (FileStream stream = File.Create(file))
            HotspotGeoJson.Write(stream, forecast, hot);
        LogForecast(file, hot.Cells.Count, reader.Report.ToString());
    }

    [LoggerMessage(LogLevel.Information, "Wrote {File}: {Cells} hot cells. Reports: {Report}")]
    partial void LogForecast(string file, int cells, string report);

    [LoggerMessage(LogLevel.Error, "No forecast at {Time}")]
    partial void LogNoForecast(Exception unusable, DateTime time);
}
