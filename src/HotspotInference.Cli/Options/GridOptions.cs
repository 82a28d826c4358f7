using System.CommandLine;
using HotspotInference.Grids;

namespace HotspotInference.Cli.Options;

/// <summary>The study area and its cells: as given, else as the incidents suggest.</summary>
sealed class GridOptions
{
    const double DefaultCellMeters = 400;
    const double DefaultMaximumLoss = 0.01;

    readonly Option<GeoBounds?> _area = new ParsedOption<GeoBounds?>("--area", "S,W,N,E",
        "The study area in degrees.", text => GeoBounds.Parse(text));
    readonly Option<double?> _maximumLoss = new("--max-loss")
    {
        Description = $"Without --area: the smallest area that loses at most this share of the incidents. [default: {DefaultMaximumLoss}]",
        HelpName = "share",
    };
    readonly Option<int?> _edgeMinimum = new("--edge-minimum")
    {
        Description = "Without --area: cut outer rows and columns (of 100) that hold fewer incidents than this, instead of --max-loss.",
        HelpName = "N",
    };
    readonly Option<GridShape?> _grid = new ParsedOption<GridShape?>("--grid", "RxC",
        "Rows and columns, such as 36x36.", text => GridShape.Parse(text));
    readonly Option<double?> _cellMeters = new("--cell-meters")
    {
        Description = $"Without --grid: the size of a cell. [default: {DefaultCellMeters}]",
        HelpName = "M",
    };

    public IReadOnlyList<Option> All => [_area, _maximumLoss, _edgeMinimum, _grid, _cellMeters];

    public void AddTo(Command command)
    {
        foreach (Option option in All)
            command.Add(option);
        command.Validators.Add(result =>
        {
            if (result.GetResult(_grid) is not null && result.GetResult(_cellMeters) is not null)
                result.AddError("--grid and --cell-meters exclude each other. Give one of them.");
            if (new Option[] { _area, _maximumLoss, _edgeMinimum }.Count(option => result.GetResult(option) is not null) > 1)
                result.AddError("--area, --max-loss and --edge-minimum exclude each other. Give one of them.");
        });
    }

    /// <summary>
    /// The grid for some incidents. Area and shape both given make exactly that grid; what is left open fits the coordinates' lattice.
    /// </summary>
    public StudyGrid Choose(ParseResult arguments, IReadOnlyList<Incident> incidents)
    {
        CoordinateLattice lattice = CoordinateLattice.Detect(incidents);
        GeoBounds? given = arguments.GetValue(_area);
        GridShape? shape = arguments.GetValue(_grid);
        if (given is { } exact && shape is { } cells)
            return new StudyGrid(new GridSpec(exact, cells.Rows, cells.Columns), lattice, null, []);
        StudyArea? found = given is not null ? null
            : arguments.GetValue(_edgeMinimum) is { } minimum ? StudyArea.ByEdgeRule(incidents, minimum)
            : StudyArea.ByMaximumLoss(incidents, arguments.GetValue(_maximumLoss) ?? DefaultMaximumLoss);
        GeoBounds area = found?.Bounds ?? given!.Value;
        GridSuggestion suggestion = shape is { } wanted
            ? GridSuggestion.ForShape(area, lattice, wanted.Rows, wanted.Columns)
            : GridSuggestion.ForCellSize(area, lattice, arguments.GetValue(_cellMeters) ?? DefaultCellMeters);
        return new StudyGrid(suggestion.Grid, lattice, found, suggestion.Reasons);
    }
}
