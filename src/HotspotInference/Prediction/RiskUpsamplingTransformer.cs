using HotspotInference.Forecasts;
using HotspotInference.Pipelines.Saving;
using Microsoft.ML;
using Microsoft.ML.Data;

namespace HotspotInference.Pipelines;

/// <summary>Enlarges each map of a column <c>[class, row, column]</c> or <c>[row, column]</c> (<see cref="BilinearUpsampling"/>).</summary>
public sealed class RiskUpsamplingTransformer : RowTransformer
{
    readonly string _output;
    readonly string _input;

    internal RiskUpsamplingTransformer(StepContract contract, string output, string input, int factor) : base(contract)
    {
        (_output, _input) = (output, input);
        Factor = factor;
    }

    /// <summary>Pixels along a cell.</summary>
    public int Factor { get; }

    private protected override DataViewSchema.DetachedColumn[] Outputs(DataViewSchema input)
    {
        (int maps, int rows, int columns) = Shape(input);
        int[] picture = [rows * Factor, columns * Factor];
        bool isOneMap = ((VectorDataViewType)input[_input].Type).Dimensions.Length == 2;
        return [new(_output, new VectorDataViewType(NumberDataViewType.Single, isOneMap ? picture : [maps, .. picture]))];
    }

    private protected override Delegate[] Bind(DataViewRow row)
    {
        (int maps, int rows, int columns) = Shape(row.Schema);
        ValueGetter<VBuffer<float>> risk = row.GetGetter<VBuffer<float>>(row.Schema[_input]);
        int cells = rows * columns, pixels = cells * Factor * Factor;
        var values = new float[maps * cells];
        VBuffer<float> buffer = default;
        return
        [
            (ValueGetter<VBuffer<float>>)((ref VBuffer<float> value) =>
            {
                risk(ref buffer);
                buffer.CopyTo(values);
                var editor = VBufferEditor.Create(ref value, maps * pixels);
                for (int i = 0; i < maps; i++)
                    BilinearUpsampling.Upsample(values.AsSpan(i * cells, cells), rows, columns, Factor)
                        .CopyTo(editor.Values[(i * pixels)..]);
                value = editor.Commit();
            }),
        ];
    }

    internal override StepDocument Save() => new UpsampleRiskDocument(_output, _input, Factor);

    (int Maps, int Rows, int Columns) Shape(DataViewSchema schema)
    {
        System.Collections.Immutable.ImmutableArray<int> shape = ((VectorDataViewType)schema[_input].Type).Dimensions;
        return shape.Length switch
        {
            2 => (1, shape[0], shape[1]),
            3 => (shape[0], shape[1], shape[2]),
            _ => throw new HotspotException($"{Contract.Step}, column '{_input}'", $"a vector of {shape.Length} dimensions",
                "[class, row, column] or [row, column]", "Take the column Risk of PredictHotspots, or give the vector its dimensions."),
        };
    }
}
