using HotspotInference.Incidents;
using HotspotInference.Pipelines.Saving;
using Microsoft.ML;
using Microsoft.ML.Data;

namespace HotspotInference.Pipelines;

/// <summary>
/// Adds the cell of each incident: <c>Row</c>, <c>Column</c> and <c>Cell</c> (Int32; row 0 is the northern edge, <c>Cell</c> is row times
/// columns plus column; -1 outside the grid) and <c>LocationId</c> (Int64, <see cref="HotspotInference.Incidents.LocationId"/>).
/// </summary>
public sealed class GridCellTransformer : RowTransformer
{
    readonly IncidentColumns _columns;

    internal GridCellTransformer(StepContract contract, GridSpec grid, IncidentColumns columns) : base(contract)
    {
        Grid = grid;
        _columns = columns;
    }

    /// <summary>The grid, given or learnt.</summary>
    public GridSpec Grid { get; }

    internal static DataViewSchema.DetachedColumn[] Added =>
    [
        new("Row", NumberDataViewType.Int32), new("Column", NumberDataViewType.Int32), new("Cell", NumberDataViewType.Int32),
        new(nameof(LocationId), NumberDataViewType.Int64),
    ];

    private protected override DataViewSchema.DetachedColumn[] Outputs(DataViewSchema input) => Added;

    private protected override Delegate[] Bind(DataViewRow row)
    {
        var incidents = new IncidentRows(row, _columns, IncidentParts.Point);
        return
        [
            (ValueGetter<int>)((ref int value) => value = Place() is { IsInside: true } place ? place.Row : -1),
            (ValueGetter<int>)((ref int value) => value = Place() is { IsInside: true } place ? place.Column : -1),
            (ValueGetter<int>)((ref int value) =>
            {
                Incident incident = incidents.Read();
                value = Grid.CellOf(incident.Latitude, incident.Longitude);
            }),
            (ValueGetter<long>)((ref long value) =>
            {
                Incident incident = incidents.Read();
                value = LocationId.Of(incident.Latitude, incident.Longitude);
            }),
        ];

        (bool IsInside, int Row, int Column) Place()
        {
            Incident incident = incidents.Read();
            bool isInside = Grid.TryPlace(incident.Latitude, incident.Longitude, out int row, out int column);
            return (isInside, row, column);
        }
    }

    internal override StepDocument Save() => new MapToGridCellDocument(GridDocument.Of(Grid), _columns);
}
