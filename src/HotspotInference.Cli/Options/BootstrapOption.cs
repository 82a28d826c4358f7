using System.CommandLine;
using HotspotInference.Evaluation;

namespace HotspotInference.Cli.Options;

/// <summary><c>--bootstrap N</c>: how often the periods are drawn anew for intervals.</summary>
sealed class BootstrapOption()
    : DefaultedOption<int>("--bootstrap", "N", "Draws for the 95% intervals; 0 for none.", ScoringOptions.Default.BootstrapDraws)
{
    /// <summary>The draws.</summary>
    /// <exception cref="BadUsageException">There are fewer than none.</exception>
    public int Draws(ParseResult arguments) => arguments.GetValue(this) is >= 0 and var draws ? draws
        : throw new BadUsageException($"{Name}: '{arguments.GetValue(this)}'; expected at least 0, for no intervals.");
}
