using System.Runtime.InteropServices;
using HotspotInference.Benchmarks.Graphs;

namespace HotspotInference.Benchmarks.Harness;

/// <summary>What processes that compute the same network read.</summary>
static class PeerFiles
{
    /// <summary>
    /// Writes <c>library.onnx</c>, and as float32 <c>maps.bin</c> <c>[batch, time, row, column]</c> and <c>weights.bin</c>, kernels and
    /// biases of each layer and the head.
    /// </summary>
    /// <param name="folder">Where.</param>
    /// <param name="size">The network.</param>
    /// <param name="batch">How many windows the maps and the model have.</param>
    /// <returns>The model and the maps.</returns>
    public static (string Library, string Maps) Write(string folder, ConvLstmSize size, int batch)
    {
        string library = Path.Combine(folder, "library.onnx"), maps = Path.Combine(folder, "maps.bin");
        File.WriteAllBytes(library, ConvLstmGraphs.Library(size, batch));
        var random = new Random(1);
        Write(maps, [.. Enumerable.Range(0, batch * size.WindowLength).Select(_ => random.NextDouble() < 0.02 ? 1f : 0f)]);
        var weights = new ConvLstmWeights(size);
        Write(Path.Combine(folder, "weights.bin"),
            [.. weights.Kernels.Zip(weights.Biases, (kernel, bias) => kernel.Concat(bias)).SelectMany(layer => layer), .. weights.Head]);
        return (library, maps);
    }

    /// <summary>Writes numbers as float32.</summary>
    public static void Write(string file, float[] values) => File.WriteAllBytes(file, MemoryMarshal.AsBytes<float>(values));
}
