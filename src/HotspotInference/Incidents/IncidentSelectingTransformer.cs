using HotspotInference.Grids;
using HotspotInference.Pipelines.Saving;
using Microsoft.ML;

namespace HotspotInference.Pipelines;

/// <summary>Keeps the incidents that pass every condition.</summary>
public sealed class IncidentSelectingTransformer : HotspotTransformer
{
    readonly IncidentSelectionOptions _options;
    volatile SelectionReport? _report;

    internal IncidentSelectingTransformer(StepContract contract, IncidentSelectionOptions options) : base(contract) => _options = options;

    /// <summary>The first day kept; null for no limit.</summary>
    public DateOnly? From => _options.From;

    /// <summary>The last day kept, included; null for no limit.</summary>
    public DateOnly? To => _options.To;

    /// <summary>The area kept, given or learnt; null for no limit.</summary>
    public GeoBounds? Area => _options.Area?.Known;

    /// <summary>What became of the incidents in the latest reading that came to its end; null before.</summary>
    public SelectionReport? Report => _report;

    private protected override DataViewSchema.DetachedColumn[] Outputs(DataViewSchema input) => [];

    private protected override IDataView View(IDataView input, DataViewSchema schema) => new StepView(schema, () => null, active =>
        new Cursor(this, input.GetRowCursor(Contract.Needed(input.Schema, active, reads: true)), schema, active));

    internal override StepDocument Save() =>
        new SelectIncidentsDocument(_options.Columns, From, To, _options.Kinds, _options.Place,
            Area?.ToString(), _options.Near?.ToString());

    sealed class Cursor(IncidentSelectingTransformer step, DataViewRowCursor input, DataViewSchema schema, bool[] active)
        : MappedCursor(input, schema, active, [])
    {
        readonly IncidentRows _rows = new(input, step._options.Columns, step._options.Parts);
        readonly SelectionConditions _conditions = new(step._options);

        protected override bool Advance()
        {
            while (Input.MoveNext())
            {
                if (_conditions.Keeps(_rows.Read()))
                    return true;
            }
            step._report = _conditions.Report;
            return false;
        }
    }
}
