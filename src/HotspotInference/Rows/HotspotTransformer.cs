using HotspotInference.Pipelines.Saving;
using Microsoft.ML;
using Microsoft.ML.Data;

namespace HotspotInference.Pipelines;

/// <summary>
/// A fitted step of a pipeline. What it learnt is immutable and safe to share between threads; so are the views it makes, whose cursors are
/// independent of each other.
/// </summary>
public abstract class HotspotTransformer : ITransformer
{
    private protected HotspotTransformer(StepContract contract) => Contract = contract;

    /// <summary>Whether each row comes from one row alone, so that a prediction engine can use it.</summary>
    public virtual bool IsRowToRowMapper => false;

    private protected StepContract Contract { get; }

    /// <summary>The schema that comes out where the one given goes in.</summary>
    /// <exception cref="HotspotException">A column is missing, of another type or of another size.</exception>
    public DataViewSchema GetOutputSchema(DataViewSchema inputSchema)
    {
        ArgumentNullException.ThrowIfNull(inputSchema);
        Contract.Check(inputSchema);
        return Contract.Append(inputSchema, Outputs(inputSchema));
    }

    /// <summary>The transformed data, made when they are read.</summary>
    /// <exception cref="HotspotException">A column is missing, of another type or of another size.</exception>
    public IDataView Transform(IDataView input)
    {
        ArgumentNullException.ThrowIfNull(input);
        return View(input, GetOutputSchema(input.Schema));
    }

    /// <summary>The step as a function of one row.</summary>
    /// <exception cref="InvalidOperationException"><see cref="IsRowToRowMapper"/> is false.</exception>
    public virtual IRowToRowMapper GetRowToRowMapper(DataViewSchema inputSchema) =>
        throw new InvalidOperationException($"{Contract.Step} makes rows from several rows, so that it has no row to row mapper.");

    void ICanSaveModel.Save(ModelSaveContext ctx) => throw new NotSupportedException(
        $"{Contract.Step} cannot be saved in ML.NET's format, which is closed to other libraries. "
        + "Use ml.Model.SavePipeline and ml.Model.LoadPipeline.");

    /// <summary>The columns that are added to a checked schema, with their sizes.</summary>
    /// <exception cref="HotspotException">A column has another size than is needed.</exception>
    private protected abstract DataViewSchema.DetachedColumn[] Outputs(DataViewSchema input);

    private protected abstract IDataView View(IDataView input, DataViewSchema schema);

    internal abstract StepDocument Save();
}
