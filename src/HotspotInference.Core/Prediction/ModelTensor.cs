namespace HotspotInference.Prediction;

/// <summary>One input or output of a model: its name, and its dimensions by name with the sizes that the model fixes.</summary>
/// <param name="Name">The name in the model.</param>
/// <param name="Layout">The names of the dimensions: <c>batch</c>, <c>row</c>, <c>column</c> and <c>step</c> are each run's.</param>
/// <param name="Sizes">The size of each dimension, or -1 where each run chooses it.</param>
sealed record ModelTensor(string Name, string[] Layout, int[] Sizes)
{
    public long LengthFor(in RunShape shape)
    {
        long length = 1;
        for (int i = 0; i < Layout.Length; i++)
            length = checked(length * SizeOf(i, shape));
        return length;
    }

    public long[] DimensionsFor(in RunShape shape)
    {
        var dimensions = new long[Layout.Length];
        for (int i = 0; i < dimensions.Length; i++)
            dimensions[i] = SizeOf(i, shape);
        return dimensions;
    }

    /// <summary>For example <c>[batch, 16, 1, row, column]</c>.</summary>
    public override string ToString() => $"[{string.Join(", ", Layout.Select((name, i) => Sizes[i] < 0 ? name : $"{name} {Sizes[i]}"))}]";

    int SizeOf(int dimension, in RunShape shape) => Layout[dimension] switch
    {
        "batch" => shape.Batch,
        "row" => shape.Rows,
        "column" => shape.Columns,
        "step" when Sizes[dimension] < 0 => shape.Steps,
        _ => Sizes[dimension],
    };
}
