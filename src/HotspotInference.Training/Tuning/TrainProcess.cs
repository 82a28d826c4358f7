using System.Diagnostics;

namespace HotspotInference.Training.Tuning;

/// <summary>
/// Runs <c>hotspot-train train</c> as a process of its own, whose memory and threads are gone with it, and whose end for want of memory
/// ends nothing else. It ends when this process does, however that is ended.
/// </summary>
static class TrainProcess
{
    /// <summary>Where this is set, a training is to stop as if asked to when its standard input ends.</summary>
    public const string EndsWithInput = "HOTSPOT_TRAIN_ENDS_WITH_INPUT";

    const string Tool = "hotspot-train";
    // 128 and the number of the signal SIGKILL, which is what the system sends where memory runs out.
    const int Killed = 137;

    /// <summary>Runs one training.</summary>
    /// <param name="arguments">The command line, the verb first.</param>
    /// <param name="cancellationToken">Kills it.</param>
    /// <returns>What it wrote to its standard output.</returns>
    /// <exception cref="TrialFailedException">It failed; the message is its own.</exception>
    public static string Run(IReadOnlyList<string> arguments, CancellationToken cancellationToken)
    {
        (string program, string[] first) = Program();
        var start = new ProcessStartInfo(program, [.. first, .. arguments])
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        start.Environment[EndsWithInput] = "1";
        using Process process = Process.Start(start)!;
        using CancellationTokenRegistration kill = cancellationToken.Register(() => process.Kill(entireProcessTree: true));
        Task<string> error = process.StandardError.ReadToEndAsync(CancellationToken.None);
        string output = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        cancellationToken.ThrowIfCancellationRequested();
        return process.ExitCode == 0 ? output : throw new TrialFailedException(Reason(process.ExitCode, error.Result));
    }

    static string Reason(int exitCode, string error)
    {
        const string Mark = "error: ";
        if (error.Split('\n').LastOrDefault(line => line.StartsWith(Mark, StringComparison.Ordinal)) is { } line)
            return line[Mark.Length..].Trim();
        return exitCode == Killed ? "killed, as the system does where memory runs out" : $"exit code {exitCode}; {error.Trim()}";
    }

    // This program, be it started by its own name or by dotnet.
    static (string Program, string[] First) Program() =>
        Environment.ProcessPath is { } path && Path.GetFileNameWithoutExtension(path) == Tool ? (path, [])
            : ("dotnet", [Path.Combine(AppContext.BaseDirectory, Tool + ".dll")]);
}
