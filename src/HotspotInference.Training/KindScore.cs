namespace HotspotInference.Training;

/// <summary>How well a network tells the kinds of incidents: cross-entropies an incident, in nats; lower is better.</summary>
/// <param name="Incidents">The incidents, one of several kinds counted for each.</param>
/// <param name="CrossEntropy">Of the network.</param>
/// <param name="SharesCrossEntropy">
/// Of the shares that kinds have in these days, the same for every cell and period: the best that can be said without where and when.
/// </param>
sealed record KindScore(int Incidents, double CrossEntropy, double SharesCrossEntropy);
