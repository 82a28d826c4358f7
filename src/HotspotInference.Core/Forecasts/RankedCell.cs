namespace HotspotInference.Forecasts;

/// <summary>One cell in the order of where the next incident is expected.</summary>
/// <param name="Rank">1 for the likeliest.</param>
/// <param name="Row">The row, 0 at the northern edge.</param>
/// <param name="Column">The column, 0 at the western edge.</param>
/// <param name="Probability">The probability that the next incident falls into it, 0..1.</param>
public readonly record struct RankedCell(int Rank, int Row, int Column, double Probability);
