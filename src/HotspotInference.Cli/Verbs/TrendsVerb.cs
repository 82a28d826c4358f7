using System.CommandLine;
using System.Globalization;
using HotspotInference.Cli.Options;
using HotspotInference.Cli.Terminal;
using HotspotInference.Heatmaps;
using HotspotInference.Rendering;
using HotspotInference.Trends;

namespace HotspotInference.Cli.Verbs;

/// <summary><c>hotspot trends</c>: where incidents gather, and how that changes.</summary>
sealed class TrendsVerb : Verb
{
    static readonly TrendOptions s_defaults = new();

    readonly HeatmapOptions _heatmaps = new();
    readonly Option<string[]> _out = new("--out") { Description = "A .png or .geojson file to write; may be repeated.", HelpName = "file" };
    readonly Option<TrendStep> _step = new ParsedOption<TrendStep>("--step", "length",
        "The length of a step: month, week, or a number of days such as 28d.", TrendStep.Parse, s_defaults.Step);
    readonly Option<string?> _class = new("--class") { Description = "The class of --kinds to look at; all incidents otherwise.",
        HelpName = "name" };
    readonly Option<int> _neighbourCells = new DefaultedOption<int>("--neighbour-cells", "N",
        "Rows and columns to each side that count as a cell's neighbours.", s_defaults.NeighbourCells);
    readonly Option<int> _neighbourSteps = new DefaultedOption<int>("--neighbour-steps", "N",
        "Steps before that count as a step's neighbours.", s_defaults.NeighbourSteps);
    readonly Option<double> _significance = new DefaultedOption<double>("--significance", "p",
        "The level below which a p-value is significant.", s_defaults.Significance);
    readonly Option<bool> _uncorrected =
        new("--uncorrected") { Description = "Take each p-value by itself, without the false discovery rate." };
    readonly JsonOption _json = new();

    public TrendsVerb()
        : base("trends",
            "Describes the past: where incidents gather and how that changes, cell by cell, in the 17 patterns of "
            + "emerging hot spot analysis.")
    {
        _heatmaps.AddTo(this);
        foreach (Option option in (ReadOnlySpan<Option>)[_step, _class, _neighbourCells, _neighbourSteps, _significance,
            _uncorrected, _out, _json])
            Add(option);
    }

    public override IReadOnlyList<string> Examples =>
    [
        "hotspot trends --incidents city.csv.gz --out trends.png --out trends.geojson",
        "hotspot trends --incidents city.csv.gz --grid 48x48 --kinds theft,assault --class theft --step 28d --json trends.json",
    ];

    public override void Run(ParseResult arguments, VerbConsole console, CancellationToken cancellationToken)
    {
        if (arguments.GetValue(_neighbourCells) < 0 || arguments.GetValue(_neighbourSteps) < 0)
            throw new BadUsageException("--neighbour-cells, --neighbour-steps: a negative number; expected 0 or more. Change it.");
        if (arguments.GetValue(_significance) is not (> 0 and < 1) and var level)
            throw new BadUsageException(
                string.Create(CultureInfo.InvariantCulture, $"--significance: {level}; expected above 0 and below 1. Change it."));
        string[] files = [.. (arguments.GetValue(_out) ?? []).Select(Checked)];
        PreparedHeatmaps prepared = _heatmaps.Build(arguments, console, cancellationToken);
        var options = new TrendOptions
        {
            Step = arguments.GetValue(_step),
            ClassName = arguments.GetValue(_class),
            NeighbourCells = arguments.GetValue(_neighbourCells),
            NeighbourSteps = arguments.GetValue(_neighbourSteps),
            Significance = arguments.GetValue(_significance),
            CorrectFalseDiscovery = !arguments.GetValue(_uncorrected),
        };
        TrendAnalysis analysis = TrendAnalysis.Run(prepared.Series, options);
        foreach (string file in files)
        {
            using FileStream stream = File.Create(file);
            if (IsPicture(file))
                TrendMapImage.WritePng(stream, analysis);
            else
                TrendGeoJson.Write(stream, analysis);
        }
        TrendsReport report = Report(analysis, files, prepared.Placement);
        console.Report(arguments.GetValue(_json), report, CliJson.Default.TrendsReport, () => Show(report, console));
    }

    static string Checked(string file) => IsPicture(file) || file.EndsWith(".geojson", StringComparison.OrdinalIgnoreCase)
        ? OutputPlace.File("--out", file)
        : throw new BadUsageException($"--out: '{file}'; expected a name that ends in .png or .geojson. For JSON give --json FILE.");

    static bool IsPicture(string file) => file.EndsWith(".png", StringComparison.OrdinalIgnoreCase);

    static TrendsReport Report(TrendAnalysis analysis, string[] files, PlacementReport placement)
    {
        var cells = new List<TrendsReport.CellTrend>();
        ReadOnlySpan<double> last = analysis.ZScores(analysis.Steps.Count - 1);
        for (int cell = 0; cell < last.Length; cell++)
        {
            if (analysis.Patterns[cell] == TrendPattern.NoPattern)
                continue;
            (int row, int column) = Math.DivRem(cell, analysis.Grid.Columns);
            MannKendall trend = analysis.Trends[cell];
            cells.Add(new TrendsReport.CellTrend(row, column, TrendPatterns.NameOf(analysis.Patterns[cell]), last[cell], trend.Z, trend.P));
        }
        return new TrendsReport(analysis.Grid, analysis.Class, analysis.Options.Step.ToString(), analysis.Steps.Count,
            analysis.Steps[0].First, analysis.Steps[^1].End.AddDays(-1), analysis.IsAnalysed.Count(true),
            [.. Enum.GetValues<TrendPattern>()
                .Select(pattern => new TrendsReport.PatternCount(TrendPatterns.NameOf(pattern), analysis.CountOf(pattern)))],
            cells, files, placement);
    }

    static void Show(TrendsReport report, VerbConsole console)
    {
        console.Facts(
            ("grid", report.Grid.ToString()),
            ("steps", string.Create(CultureInfo.InvariantCulture,
                $"{report.Steps} x {report.Step}, {report.From:yyyy-MM-dd}..{report.To:yyyy-MM-dd}")),
            ("incidents", report.Incidents.ToString()),
            ("files", report.Files.Count == 0 ? "none" : string.Join(", ", report.Files)));
        console.Table(string.Create(CultureInfo.InvariantCulture, $"Class {report.Class}: {report.AnalysedCells} cells with incidents"),
        [
            ["pattern", "cells"],
            .. report.Patterns.Select(pattern => new[] { pattern.Pattern, pattern.Cells.ToString(CultureInfo.InvariantCulture) }),
        ], 1);
    }
}
