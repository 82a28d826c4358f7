namespace HotspotInference.Cli;

/// <summary>What the process returns.</summary>
static class ExitCode
{
    public const int Success = 0;
    public const int Failed = 1;
    public const int BadUsage = 2;
    public const int NotPublished = 3;
}
