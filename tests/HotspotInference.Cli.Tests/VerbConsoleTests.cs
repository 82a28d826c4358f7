using HotspotInference.Cli.Terminal;

namespace HotspotInference.Cli.Tests;

public sealed class VerbConsoleTests
{
    [Fact]
    public void Progress_elsewhere_than_on_a_terminal_is_a_line_every_five_seconds_with_the_time_left()
    {
        string error = Run(Verbosity.Normal, (console, clock) => console.Progress("Fitting", progress =>
        {
            for (int i = 0; i <= 12; i++)
            {
                progress.Report(i / 12.0);
                clock.Now += TimeSpan.FromSeconds(1);
            }
        }));

        Assert.Equal("Fitting ... 42%, 0:07 left\nFitting ... 83%, 0:02 left\n", error.ReplaceLineEndings("\n"));
    }

    [Fact]
    public void Short_work_shows_no_progress() =>
        Assert.Empty(Run(Verbosity.Normal, (console, _) => console.Progress("Fitting", progress => progress.Report(1))));

    [Fact]
    public void Quiet_shows_errors_only()
    {
        string error = Run(Verbosity.Quiet, (console, clock) =>
        {
            console.Note("note");
            console.Warning("warning");
            console.Progress("Fitting", progress =>
            {
                clock.Now += TimeSpan.FromHours(1);
                progress.Report(0.5);
            });
            console.Error(new IOException("disk full"));
        });

        Assert.Equal("error: disk full", error.Trim());
    }

    [Fact]
    public void Error_of_several_lines_is_shown_in_one() =>
        Assert.Equal("error: one two", Run(Verbosity.Normal, (console, _) => console.Error(new IOException("one\ntwo"))).Trim());

    [Fact]
    public void Cancellation_is_named() =>
        Assert.StartsWith("error: cancelled;", Run(Verbosity.Normal, (console, _) => console.Error(new OperationCanceledException())), StringComparison.Ordinal);

    [Fact]
    public void Defect_is_named_as_one() => Assert.Contains("InvalidOperationException: odd This is a defect of the program",
        Run(Verbosity.Normal, (console, _) => console.Error(new InvalidOperationException("odd"))), StringComparison.Ordinal);

    [Fact]
    public void Text_that_looks_like_markup_is_shown_as_it_is()
    {
        using var stdout = new StringWriter();
        var console = new VerbConsole(stdout, TextWriter.Null, null, Verbosity.Normal);

        console.Table("[bold]", [["kind", "n"], ["[red]theft[/]", "7"]], 1);

        Assert.Equal(["", "[bold]", "kind           n", "[red]theft[/]  7"], stdout.ToString().TrimEnd().Split('\n').Select(line => line.TrimEnd()));
        Assert.DoesNotContain('\u001b', stdout.ToString());
    }

    static string Run(Verbosity verbosity, Action<VerbConsole, ManualClock> use)
    {
        using var stderr = new StringWriter();
        var clock = new ManualClock();
        use(new VerbConsole(TextWriter.Null, stderr, null, verbosity, clock), clock);
        return stderr.ToString();
    }

    sealed class ManualClock : TimeProvider
    {
        public TimeSpan Now { get; set; }

        public override long TimestampFrequency => TimeSpan.TicksPerSecond;

        public override long GetTimestamp() => Now.Ticks;
    }
}
