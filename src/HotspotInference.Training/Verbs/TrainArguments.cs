using System.CommandLine;
using System.CommandLine.Parsing;
using System.Globalization;
using HotspotInference.Heatmaps;

namespace HotspotInference.Training.Verbs;

/// <summary>What all trainings of a study have in common, as arguments of <c>train</c>.</summary>
static class TrainArguments
{
    // Given anew for each training, or as the study found them.
    static readonly HashSet<string> s_ofTune = ["--train-to", "--validate-to", "--validation-share", "--from", "--to", "--area",
        "--max-loss", "--edge-minimum", "--grid", "--cell-meters", "--json", "--quiet", "--verbose"];

    /// <summary>The options that were given, with the grid and the first day that the study found where they were not.</summary>
    /// <param name="arguments">The command line of <c>tune</c>.</param>
    /// <param name="verb">Its verb.</param>
    /// <param name="series">The heat maps.</param>
    public static List<string> Of(ParseResult arguments, Command verb, HeatmapSeries series)
    {
        HashSet<string> known = [.. new TrainVerb().Options.Select(option => option.Name)];
        List<string> given = [];
        foreach (Option option in verb.Options.Where(option => known.Contains(option.Name) && !s_ofTune.Contains(option.Name)))
        {
            if (arguments.GetResult(option) is not { Implicit: false } result)
                continue;
            if (result.Tokens.Count == 0)
                given.Add(option.Name);
            foreach (Token token in result.Tokens)
                given.AddRange(option.Name, token.Value);
        }
        GridSpec grid = series.Spec.Grid;
        given.AddRange("--area", grid.Bounds.ToString(), "--grid", $"{grid.Rows}x{grid.Columns}",
            "--from", string.Create(CultureInfo.InvariantCulture, $"{series.Periods.Start:yyyy-MM-dd}"));
        return given;
    }
}
