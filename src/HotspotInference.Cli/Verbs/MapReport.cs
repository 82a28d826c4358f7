namespace HotspotInference.Cli.Verbs;

/// <summary>What <c>hotspot map --json</c> reports.</summary>
sealed record MapReport(string File, long Bytes, string? Model, string Grid, DateTime Start, DateTime End, int Periods, int Incidents,
    int IncidentsNotShown);
