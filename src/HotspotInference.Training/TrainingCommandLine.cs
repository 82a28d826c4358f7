using HotspotInference.Cli;
using HotspotInference.Training.Verbs;

namespace HotspotInference.Training;

/// <summary>The command line <c>hotspot-train</c>, which <c>hotspot train</c> hands its arguments to, the verb included.</summary>
static class TrainingCommandLine
{
    /// <inheritdoc cref="VerbRunner.Run"/>
    public static int Run(
        IReadOnlyList<string> args, TextWriter stdout, TextWriter stderr, Stream? stdin = null,
        CancellationToken cancellationToken = default) =>
        VerbRunner.Run("Trains networks that forecast where the next incidents will happen on a city grid.",
            [new TrainVerb(), new TuneVerb()], args, stdout, stderr, stdin, cancellationToken);
}
