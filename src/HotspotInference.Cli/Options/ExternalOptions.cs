using System.CommandLine;
using HotspotInference.Cli.Terminal;
using HotspotInference.Features;
using HotspotInference.Heatmaps;
using HotspotInference.Prediction;

namespace HotspotInference.Cli.Options;

/// <summary>Where features of other origin than incidents come from.</summary>
sealed class ExternalOptions
{
    readonly Option<string?> _periods = new("--external-periods")
    {
        Description = "Features of periods, such as weather and holidays: CSV with a column 'date' and columns of numbers.",
        HelpName = "file.csv",
    };
    readonly Option<string?> _cells = new("--external-cells")
    {
        Description = "Features of cells, such as population: CSV with row and column, latitude and longitude, "
            + "or location_id, and columns of numbers.",
        HelpName = "file.csv",
    };

    public void AddTo(Command command)
    {
        command.Add(_periods);
        command.Add(_cells);
    }

    /// <summary>Whether there are any.</summary>
    public bool IsGiven(ParseResult arguments) => arguments.GetValue(_periods) is not null || arguments.GetValue(_cells) is not null;

    /// <summary>Whether there are features of periods.</summary>
    public bool HasPeriods(ParseResult arguments) => arguments.GetValue(_periods) is not null;

    /// <summary>Reads what is given; null where nothing is.</summary>
    public ExternalFeatures? Load(ParseResult arguments, HeatmapSpec heatmaps, VerbConsole console)
    {
        string? periods = arguments.GetValue(_periods), cells = arguments.GetValue(_cells);
        if (periods is null && cells is null)
            return null;
        ExternalCells? table = cells is null ? null : ExternalCells.Load(cells, heatmaps.Grid);
        if (table is { Outside: > 0 })
            console.Note($"{table.Outside} rows of {cells} are outside the grid and not used.");
        return new ExternalFeatures(heatmaps, periods is null ? null : ExternalPeriods.Load(periods), table);
    }

    /// <summary>Reads what is given for some models.</summary>
    /// <exception cref="BadUsageException">None of them sees external features.</exception>
    public ExternalFeatures? Load(ParseResult arguments, IReadOnlyList<HotspotPredictor> models, VerbConsole console)
    {
        bool isGiven = IsGiven(arguments);
        if (isGiven && !models.Any(model => model.Metadata.External.Count > 0))
            throw new BadUsageException($"{(HasPeriods(arguments) ? _periods : _cells).Name}: given, but "
                + $"{(models.Count == 0 ? "there is no model" : "no model sees external features")}; expected none. Leave it out.");
        return isGiven ? Load(arguments, models[0].Heatmaps, console) : null;
    }

    /// <summary>A model as a forecaster that knows what was read.</summary>
    public static IRiskForecaster Forecaster(HotspotPredictor model, ExternalFeatures? external) => external is null
        ? model : model.With(external);
}
