using HotspotInference.Onnx;
using static TorchSharp.torch;

namespace HotspotInference.Training.Architectures.StTransformer;

/// <summary>
/// Cuts maps into square patches and puts maps together from them. Where a grid is no whole number of patches, empty cells are added in the
/// south and in the east. Immutable.
/// </summary>
/// <param name="size">Rows and columns of a patch.</param>
/// <param name="rows">Rows of the grid.</param>
/// <param name="columns">Columns of the grid.</param>
sealed class PatchGrid(int size, int rows, int columns)
{
    readonly int _down = (rows + size - 1) / size, _across = (columns + size - 1) / size;

    /// <summary>Patches of a map, row by row.</summary>
    public int Count => _down * _across;

    /// <summary>Cells of a patch.</summary>
    public int CellCount => size * size;

    int PadRows => _down * size - rows;

    int PadColumns => _across * size - columns;

    /// <summary><c>[batch, time, channel, row, column]</c> to <c>[batch, time, patch, channel x cell]</c>.</summary>
    public Tensor Cut(Tensor maps)
    {
        long[] n = maps.shape;
        Tensor whole = nn.functional.pad(maps, [0, PadColumns, 0, PadRows]);
        return whole.reshape(-1, n[2], _down, size, _across, size).permute(0, 2, 4, 1, 3, 5).reshape(n[0], n[1], Count, n[2] * CellCount);
    }

    /// <summary><c>[batch, patch, class x cell]</c> to <c>[batch, class, row, column]</c>.</summary>
    public Tensor Join(Tensor patches, int classes) =>
        patches.reshape(-1, _down, _across, classes, size, size).permute(0, 3, 1, 4, 2, 5)
            .reshape(-1, classes, _down * size, _across * size).narrow(2, 0, rows).narrow(3, 0, columns);

    /// <summary><see cref="Cut(Tensor)"/> in ONNX.</summary>
    public OnnxValue Cut(OnnxGraphBuilder graph, OnnxValue maps, int steps, int channels)
    {
        OnnxValue whole = PadRows + PadColumns == 0 ? maps : graph.Pad(maps, "constant", 0, 0, 0, 0, 0, 0, 0, 0, PadRows, PadColumns);
        OnnxValue parts = graph.Transpose(graph.Reshape(whole, graph.Integers(-1, channels, _down, size, _across, size)), 0, 2, 4, 1, 3, 5);
        return graph.Reshape(parts, graph.Integers(-1, steps, Count, channels * CellCount));
    }

    /// <summary><see cref="Join(Tensor, int)"/> in ONNX.</summary>
    public OnnxValue Join(OnnxGraphBuilder graph, OnnxValue patches, int classes)
    {
        OnnxValue apart = graph.Reshape(patches, graph.Integers(-1, _down, _across, classes, size, size));
        OnnxValue parts = graph.Transpose(apart, 0, 3, 1, 4, 2, 5);
        OnnxValue whole = graph.Reshape(parts, graph.Integers(-1, classes, _down * size, _across * size));
        return PadRows + PadColumns == 0 ? whole
            : graph.Slice(whole, graph.Integers(0, 0), graph.Integers(rows, columns), graph.Integers(2, 3));
    }
}
