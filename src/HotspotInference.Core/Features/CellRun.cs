namespace HotspotInference.Features;

/// <summary>Neighbouring values.</summary>
/// <param name="Start">The position of the first.</param>
/// <param name="Length">How many.</param>
readonly record struct CellRun(int Start, int Length);
