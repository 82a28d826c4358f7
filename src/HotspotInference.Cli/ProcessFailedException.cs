namespace HotspotInference.Cli;

/// <summary>A verb, or a process that it started, ends with an exit code other than success and has said why.</summary>
sealed class ProcessFailedException(int exitCode) : Exception($"The process returns {exitCode}.")
{
    public int ExitCode => exitCode;
}
