using HotspotInference.Cli.Verbs;

namespace HotspotInference.Cli;

/// <summary>The command line <c>hotspot</c>.</summary>
static class HotspotCommandLine
{
    /// <summary>Runs one command line and returns the exit code: 0 done, 1 failed, 2 bad usage.</summary>
    /// <param name="args">The arguments, the verb first.</param>
    /// <param name="stdout">Gets results.</param>
    /// <param name="stderr">Gets notes, progress and errors.</param>
    /// <param name="stdin">What <c>-</c> reads; null for the process's standard input.</param>
    /// <param name="cancellationToken">Stops the verb, which then fails.</param>
    public static int Run(
        IReadOnlyList<string> args, TextWriter stdout, TextWriter stderr, Stream? stdin = null,
        CancellationToken cancellationToken = default) =>
        VerbRunner.Run("Forecasts where the next incidents will happen on a city grid.", AllVerbs(), args, stdout, stderr,
            stdin, cancellationToken);

    /// <summary>The verbs, in the order of the help.</summary>
    internal static IReadOnlyList<Verb> AllVerbs() =>
    [
        new DemoVerb(), new SimulateVerb(), new InspectVerb(), new TrendsVerb(), new PrepareVerb(), new FitVerb(),
        new TrainVerb(), new TuneVerb(), new TransferVerb(), new EvaluateVerb(),
        new ValidateVerb(), new CompareVerb(),
        new QuantizeVerb(),
        new ForecastVerb(), new MapVerb(), new InfoVerb(), new BenchVerb(), new CompletionVerb(),
    ];
}
