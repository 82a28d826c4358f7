namespace HotspotInference.Samples.Worker;

/// <summary>What is forecast, when, and to where: the section <c>Daily</c> of the configuration.</summary>
sealed class DailySettings
{
    /// <summary>The file of reports, which someone else keeps up to date.</summary>
    public string Incidents { get; set; } = "reports.csv";

    /// <summary>Where forecasts are written, one GeoJSON file a day.</summary>
    public string Folder { get; set; } = "forecasts";

    /// <summary>The time of day, in the city, when the reports of the day before are complete.</summary>
    public TimeOnly At { get; set; } = new(6, 0);

    /// <summary>The city's time zone.</summary>
    public string TimeZone { get; set; } = "UTC";

    /// <summary>How much of the risk map is hot.</summary>
    public double Percentile { get; set; } = 96;

    /// <summary>Forecasts this one day and ends; null runs on, day by day.</summary>
    public DateOnly? Day { get; set; }
}
