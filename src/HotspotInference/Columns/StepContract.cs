using Microsoft.ML;

namespace HotspotInference.Pipelines;

/// <summary>
/// What a step reads and what it adds: one for the estimator and its transformers, so that all refuse the same with the same words.
/// </summary>
/// <param name="Step">The step as the user wrote it, for messages.</param>
/// <param name="Inputs">The columns that it reads.</param>
/// <param name="Outputs">The columns that it adds, vectors of any size.</param>
/// <param name="KeepsInput">Whether the columns of the input stay.</param>
sealed record StepContract(string Step, InputColumn[] Inputs, DataViewSchema.DetachedColumn[] Outputs, bool KeepsInput = true)
{
    public void Check(DataViewSchema schema) => Check(SchemaShapes.Of(schema));

    public SchemaShape Promise(SchemaShape input)
    {
        ArgumentNullException.ThrowIfNull(input);
        Check(input);
        SchemaShape added = SchemaShapes.Of(Outputs);
        return new SchemaShape(input.Where(column => KeepsInput && !added.Any(other => other.Name == column.Name)).Concat(added));
    }

    /// <summary>The schema with the outputs behind the input, of the sizes that they have for this input.</summary>
    public DataViewSchema Append(DataViewSchema input, IEnumerable<DataViewSchema.DetachedColumn> outputs)
    {
        var schema = new DataViewSchema.Builder();
        if (KeepsInput)
            schema.AddColumns(input);
        schema.AddColumns(outputs);
        return schema.ToSchema();
    }

    /// <summary>
    /// The columns of the input that are needed: those passed on that are active, and where the step is at work those that it reads.
    /// </summary>
    public IEnumerable<DataViewSchema.Column> Needed(DataViewSchema input, bool[] active, bool reads) =>
        // Of several columns of one name the last is meant, which alone is not hidden.
        input.Where(column => active[column.Index] || reads && !column.IsHidden && Inputs.Any(read => read.Name == column.Name));

    void Check(SchemaShape schema)
    {
        foreach (InputColumn input in Inputs)
            input.Check(schema, Step);
    }
}
