using System.Globalization;
using HotspotInference.Evaluation;

namespace HotspotInference.Training.Updates;

/// <summary>One score of the new version against the one in use.</summary>
/// <param name="Name">What is scored, such as <c>log_loss</c>.</param>
/// <param name="Difference">The new version's less the other's.</param>
/// <param name="Low">The 2.5th percentile of that over the bootstrap's draws.</param>
/// <param name="High">The 97.5th.</param>
/// <param name="Verdict">What the interval says; null where it cannot be judged.</param>
sealed record UpdateScore(string Name, double Difference, double Low, double High, ComparisonVerdict? Verdict)
{
    public override string ToString() => string.Create(CultureInfo.InvariantCulture,
        $"{Name.Replace('_', ' ')} {Difference:+0.00000;-0.00000;0} ({Low:+0.00000;-0.00000;0}..{High:+0.00000;-0.00000;0})");
}
