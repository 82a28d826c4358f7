using HotspotInference.Prediction;

namespace HotspotInference.Training.Updates;

/// <summary>What became of an update.</summary>
/// <param name="Published">Whether the new version took the model's place.</param>
/// <param name="Reason">Why, in words.</param>
/// <param name="KeptAs">What the version before is called now; null where it is still in use.</param>
/// <param name="Candidate">Where the new version lies where it was not published; else null.</param>
/// <param name="Compared">The days on which both were scored.</param>
/// <param name="Periods">How many periods of them were.</param>
/// <param name="NewWindows">New windows learnt.</param>
/// <param name="ReplayedWindows">Known windows learnt again.</param>
/// <param name="Scores">Each score compared.</param>
sealed record UpdateReport(bool Published, string Reason, string? KeptAs, string? Candidate, DaySpan Compared, int Periods, int NewWindows,
    int ReplayedWindows,
    IReadOnlyList<UpdateScore> Scores);
