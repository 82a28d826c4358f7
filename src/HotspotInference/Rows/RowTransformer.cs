using Microsoft.ML;
using Microsoft.ML.Data;

namespace HotspotInference.Pipelines;

/// <summary>A fitted step that makes each row from one row: it adds columns and keeps those that there are.</summary>
public abstract class RowTransformer : HotspotTransformer
{
    private protected RowTransformer(StepContract contract) : base(contract) { }

    /// <summary>True: a prediction engine can use it.</summary>
    public sealed override bool IsRowToRowMapper => true;

    /// <inheritdoc/>
    public sealed override IRowToRowMapper GetRowToRowMapper(DataViewSchema inputSchema) =>
        new Mapper(this, inputSchema, GetOutputSchema(inputSchema));

    /// <summary>Makes the getters of the added columns, in their order; they compute from the row as it is when they are called.</summary>
    /// <param name="row">A row, or a cursor that moves, with the needed columns active.</param>
    private protected abstract Delegate[] Bind(DataViewRow row);

    private protected override IDataView View(IDataView input, DataViewSchema schema) => new StepView(schema, input.GetRowCount, active =>
        Cursor(input.GetRowCursor(Needed(input.Schema, active)), schema, active));

    /// <summary>A cursor over an input cursor that has the needed columns active.</summary>
    private protected virtual DataViewRowCursor Cursor(DataViewRowCursor input, DataViewSchema schema, bool[] active) =>
        new MappedCursor(input, schema, active, BindIfActive(input, active));

    private protected Delegate[] BindIfActive(DataViewRow input, bool[] active) => AddsActive(input.Schema, active) ? Bind(input) : [];

    private protected static bool AddsActive(DataViewSchema input, bool[] active) => active.AsSpan(input.Count).Contains(true);

    IEnumerable<DataViewSchema.Column> Needed(DataViewSchema input, bool[] active) =>
        Contract.Needed(input, active, AddsActive(input, active));

    sealed class Mapper(RowTransformer step, DataViewSchema input, DataViewSchema output) : IRowToRowMapper
    {
        public DataViewSchema InputSchema => input;

        public DataViewSchema OutputSchema => output;

        public IEnumerable<DataViewSchema.Column> GetDependencies(IEnumerable<DataViewSchema.Column> dependingColumns) =>
            step.Needed(input, StepView.Active(output, dependingColumns));

        public DataViewRow GetRow(DataViewRow input, IEnumerable<DataViewSchema.Column> activeColumns)
        {
            ArgumentNullException.ThrowIfNull(input);
            if (!ReferenceEquals(input.Schema, InputSchema))
                throw new ArgumentException("The row has another schema than the mapper was made for.", nameof(input));
            bool[] active = StepView.Active(output, activeColumns);
            return new MappedRow(input, output, active, step.BindIfActive(input, active));
        }
    }
}
