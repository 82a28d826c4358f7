using System.Buffers;
using System.CommandLine;
using System.Globalization;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using HotspotInference.Cli.Options;
using Spectre.Console;

namespace HotspotInference.Cli.Terminal;

/// <summary>
/// What a verb reads and shows: results on stdout; notes, progress and errors on stderr, so that results can be piped. Colours and
/// moving bars appear only on a terminal, and colours not where <c>NO_COLOR</c> is set (no-color.org).
/// </summary>
sealed class VerbConsole(TextWriter stdout, TextWriter stderr, Stream? stdin, Verbosity verbosity, TimeProvider? clock = null)
{
    // Nothing is wrapped where nobody looks at a screen.
    const int WidthOfPipe = 10_000;

    static readonly TimeSpan s_betweenLines = TimeSpan.FromSeconds(5);

    readonly IAnsiConsole _results = Console(stdout, ReferenceEquals(stdout, System.Console.Out) && !System.Console.IsOutputRedirected);
    readonly IAnsiConsole _notes = Console(stderr, ReferenceEquals(stderr, System.Console.Error) && !System.Console.IsErrorRedirected);

    readonly TimeProvider _clock = clock ?? TimeProvider.System;

    /// <summary>What the file name <c>-</c> reads.</summary>
    public Stream Input => stdin ?? System.Console.OpenStandardInput();

    int Width => _results.Profile.Width;

    /// <summary>A line of the result that is never broken, so that it can be copied as it is.</summary>
    public void Verbatim(string text) => stdout.WriteLine(text);

    /// <summary>A line of the result.</summary>
    public void Line(string text = "") => _results.WriteLine(text);

    /// <summary>
    /// A table of the result, its columns named by the first row; numbers stand to the right where their columns are given. Where the
    /// terminal is too narrow it is cut into several.
    /// </summary>
    public void Table(string title, IEnumerable<IReadOnlyList<string>> rows, params int[] numbers)
    {
        Line();
        foreach (string line in TextLayout.Wrap(title, Width))
            _results.Write(new Text(line + Environment.NewLine, new Style(decoration: Decoration.Bold)));
        IReadOnlyList<IReadOnlyList<string>> parts = TextLayout.Table([.. rows], numbers, Width);
        for (int part = 0; part < parts.Count; part++)
        {
            if (part > 0)
                Line();
            _results.Write(new Text(parts[part][0] + Environment.NewLine, new Style(decoration: Decoration.Dim)));
            foreach (string line in parts[part].Skip(1))
                Verbatim(line);
        }
    }

    /// <summary>Names and their values, one a line.</summary>
    public void Facts(params IReadOnlyList<(string Name, string Value)> facts)
    {
        int width = facts.Count == 0 ? 0 : facts.Max(fact => fact.Name.Length);
        foreach ((string name, string value) in facts)
        {
            _results.Write(new Text(name.PadRight(width + 2), new Style(decoration: Decoration.Dim)));
            Verbatim(string.Join(Environment.NewLine + new string(' ', width + 2), TextLayout.Wrap(value, Width - width - 2)));
        }
    }

    /// <summary>
    /// Shows a report as text, or as JSON where that was asked for: on stdout, which then holds nothing else, or in a file beside
    /// the text.
    /// </summary>
    public void Report<T>(JsonTarget json, T report, JsonTypeInfo<T> type, Action asText) =>
        Report(json, () => ToJson(report, type), asText);

    /// <summary>Shows a report that knows its own JSON.</summary>
    public void Report(JsonTarget json, Func<string> toJson, Action asText)
    {
        if (json.IsAsked)
        {
            string document = toJson();
            if (json.File is null)
            {
                stdout.WriteLine(document);
                return;
            }
            File.WriteAllText(OutputPlace.File("--json", json.File), document + "\n");
            Note($"Wrote {json.File}.");
        }
        asText();
    }

    /// <summary>Something worth knowing that is no result.</summary>
    public void Note(string text)
    {
        if (verbosity > Verbosity.Quiet)
            _notes.Write(new Text(text + Environment.NewLine));
    }

    /// <summary>Something that may make the result other than expected.</summary>
    public void Warning(string text)
    {
        if (verbosity > Verbosity.Quiet)
            _notes.Write(new Text($"warning: {text}{Environment.NewLine}", new Style(Color.Yellow)));
    }

    /// <summary>A failure in one line; with <c>--verbose</c> where it happened too.</summary>
    public void Error(Exception failure)
    {
        string message = failure switch
        {
            OperationCanceledException => "cancelled; files that were being written are incomplete.",
            HotspotException or IOException or UnauthorizedAccessException => failure.Message,
            _ => $"{failure.GetType().Name}: {failure.Message} This is a defect of the program; --verbose shows where.",
        };
        ErrorLine(message.ReplaceLineEndings(" "));
        if (verbosity == Verbosity.Verbose)
            _notes.Write(new Text(failure + Environment.NewLine));
    }

    /// <summary>A command line that cannot be understood.</summary>
    public void BadUsage(IEnumerable<string> errors, Command command)
    {
        foreach (string error in errors)
            ErrorLine(error.ReplaceLineEndings(" "));
        _notes.WriteLine($"Try 'hotspot {(command is Verb ? command.Name + " " : "")}--help'.");
    }

    /// <summary>Does long work that has a result.</summary>
    /// <inheritdoc cref="Progress(string, Action{IProgress{double}})"/>
    public T Progress<T>(string title, Func<IProgress<double>, T> work)
    {
        T result = default!;
        Progress(title, progress => { result = work(progress); });
        return result;
    }

    /// <summary>Does long work under a bar on a terminal, and with a line every five seconds elsewhere.</summary>
    /// <param name="title">What is being done.</param>
    /// <param name="work">The work; reports the share done, 0..1.</param>
    public void Progress(string title, Action<IProgress<double>> work)
    {
        long start = _clock.GetTimestamp();
        // A bar on a terminal tells the time left by itself.
        ProgressWithDetail(title, report => work(new ProgressReceiver(share => report(share, IsLive ? "" : Left(share)))));

        string Left(double share) => share > 0 ? $"{TimeText(_clock.GetElapsedTime(start) * ((1 - share) / share))} left" : "";
    }

    /// <summary>A time such as <c>0:07</c> or <c>1:30:00</c>.</summary>
    public static string TimeText(TimeSpan time) =>
        time.ToString(time.TotalHours >= 1 ? @"h\:mm\:ss" : @"m\:ss", CultureInfo.InvariantCulture);

    bool IsLive => verbosity > Verbosity.Quiet && _notes.Profile.Capabilities.Interactive;

    /// <summary>Does long work that has more to say than how far it is.</summary>
    /// <param name="title">What is being done.</param>
    /// <param name="work">The work; reports the share done, 0..1, and how it goes.</param>
    public void ProgressWithDetail(string title, Action<Action<double, string>> work)
    {
        if (IsLive)
        {
            _notes.Progress().AutoClear(true)
                .Columns(new TaskDescriptionColumn(), new ProgressBarColumn(), new PercentageColumn(), new RemainingTimeColumn())
                .Start(context =>
                {
                    ProgressTask task = context.AddTask(Markup.Escape(title), maxValue: 1);
                    work((share, detail) =>
                    {
                        task.Description = Markup.Escape($"{title} {detail}".TrimEnd());
                        task.Value = share;
                    });
                });
            return;
        }
        long lastLine = _clock.GetTimestamp();
        work((share, detail) =>
        {
            if (_clock.GetElapsedTime(lastLine) < s_betweenLines)
                return;
            lastLine = _clock.GetTimestamp();
            Note(string.Create(CultureInfo.InvariantCulture, $"{title} ... {100 * share:F0}%{(detail.Length > 0 ? ", " : "")}{detail}"));
        });
    }

    void ErrorLine(string message)
    {
        _notes.Write(new Text("error: ", new Style(Color.Red)));
        _notes.Write(new Text(message + Environment.NewLine));
    }

    // Kinds and places of every script stay readable.
    static string ToJson<T>(T report, JsonTypeInfo<T> type)
    {
        var buffer = new ArrayBufferWriter<byte>();
        var options = new JsonWriterOptions { Indented = true, NewLine = "\n", Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };
        using (var writer = new Utf8JsonWriter(buffer, options))
            JsonSerializer.Serialize(writer, report, type);
        return Encoding.UTF8.GetString(buffer.WrittenSpan);
    }

    static IAnsiConsole Console(TextWriter writer, bool isTerminal)
    {
        bool isColored = isTerminal && string.IsNullOrEmpty(Environment.GetEnvironmentVariable("NO_COLOR"));
        IAnsiConsole console = AnsiConsole.Create(new AnsiConsoleSettings
        {
            Out = new AnsiConsoleOutput(writer),
            Ansi = isTerminal ? AnsiSupport.Detect : AnsiSupport.No,
            ColorSystem = isColored ? ColorSystemSupport.Detect : ColorSystemSupport.NoColors,
            Interactive = isTerminal ? InteractionSupport.Detect : InteractionSupport.No,
        });
        if (!isTerminal)
            console.Profile.Width = WidthOfPipe;
        return console;
    }

    // Progress<T> reports on the thread pool, out of order and after the end.
    sealed class ProgressReceiver(Action<double> receive) : IProgress<double>
    {
        public void Report(double value) => receive(value);
    }
}
