using System.Globalization;
using HotspotInference.Benchmarks.Harness;

namespace HotspotInference.Benchmarks;

/// <summary>What the command line asks for. What it does not know is left to BenchmarkDotNet.</summary>
sealed record Settings
{
    /// <summary>A short run of all, or only the sizes that matter most.</summary>
    public bool IsQuick { get; private set; }

    /// <summary>Models in place of the shipped ones; absolute paths, since BenchmarkDotNet measures in other folders.</summary>
    public List<string> Models { get; } = [];

    /// <summary>How long each row of our own loops is measured.</summary>
    public TimeSpan Time { get; private set; } = TimeSpan.FromSeconds(10);

    /// <summary>The smallest program that forecasts, whose start is measured.</summary>
    public string Program { get; private set; } = ColdStart.DefaultProgram;

    /// <summary>The training tool's assembly; null where training is not compared.</summary>
    public string? Trainer { get; private set; }

    /// <summary>How the callers' predictor runs.</summary>
    public HotspotPredictorOptions Predictor { get; private set; } = new();

    /// <summary>All other arguments, in their order.</summary>
    public List<string> Rest { get; } = [];

    /// <exception cref="ArgumentException">A value is missing, or none that is expected.</exception>
    public static Settings Parse(string[] arguments)
    {
        var settings = new Settings();
        var left = new Queue<string>(arguments);
        while (left.TryDequeue(out string? option))
        {
            switch (option)
            {
                case "--quick":
                    settings.IsQuick = true;
                    break;
                case "--spin":
                    settings.Predictor = settings.Predictor with { SpinWhenIdle = true };
                    break;
                case "--model":
                    settings.Models.Add(FileOf(option, left));
                    break;
                case "--program":
                    settings.Program = FileOf(option, left);
                    break;
                case "--trainer":
                    settings.Trainer = FileOf(option, left);
                    break;
                case "--seconds":
                    settings.Time = TimeSpan.FromSeconds(NumberOf(option, left));
                    break;
                case "--threads":
                    settings.Predictor = settings.Predictor with { Threads = CountOf(option, left) };
                    break;
                case "--concurrency":
                    settings.Predictor = settings.Predictor with { MaximumConcurrency = CountOf(option, left) };
                    break;
                default:
                    settings.Rest.Add(option);
                    break;
            }
        }
        return settings;
    }

    static string FileOf(string option, Queue<string> left) => ValueOf(option, left, "a file") is var path && File.Exists(path)
        ? Path.GetFullPath(path) : throw new ArgumentException($"{option}: no file '{path}'; expected one that is there.");

    static double NumberOf(string option, Queue<string> left) => ValueOf(option, left, "a number") is var text
        && double.TryParse(text, CultureInfo.InvariantCulture, out double number) && number is > 0 and <= 3600
            ? number : throw new ArgumentException($"{option}: '{text}'; expected a number above 0, at most 3600. Example: {option} 4.");

    static int CountOf(string option, Queue<string> left) => ValueOf(option, left, "a number") is var text
        && int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out int count) && count is > 0 and <= 1024
            ? count : throw new ArgumentException($"{option}: '{text}'; expected a whole number of 1 to 1024. Example: {option} 2.");

    static string ValueOf(string option, Queue<string> left, string expected) =>
        left.TryDequeue(out string? value) ? value : throw new ArgumentException($"{option}: nothing follows; expected {expected}.");
}
