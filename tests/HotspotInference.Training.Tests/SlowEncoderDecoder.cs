using HotspotInference.Training.Architectures;
using static TorchSharp.torch;

namespace HotspotInference.Training.Tests;

/// <summary>The encoder-decoder in double precision, cell by cell, from the weights of a network.</summary>
/// <param name="weights">The network's state.</param>
/// <param name="prefix">What the names of the encoder-decoder's weights begin with.</param>
/// <param name="padding">What convolutions see beyond the edge.</param>
/// <param name="hasSkips">Whether the decoder sees the encoder's levels.</param>
sealed class SlowEncoderDecoder(Dictionary<string, Tensor> weights, string prefix, BorderPadding padding, bool hasSkips)
{
    /// <param name="frames"><c>[time x channel, row, column]</c>.</param>
    /// <param name="noise">What is added to the channels of the coarsest level.</param>
    /// <returns>Logits, <c>[class, row, column]</c>.</returns>
    public double[,,] Run(double[,,] frames, double[]? noise = null)
    {
        int depth = weights.Keys.Count(name => name.StartsWith($"{prefix}_halving.", StringComparison.Ordinal)) / 2;
        List<double[,,]> levels = [Convolve(frames, "_encoder.0")];
        for (int l = 1; l <= depth; l++)
        {
            levels[l - 1] = Relu(levels[l - 1]);
            levels.Add(Convolve(Relu(Convolve(levels[l - 1], $"_halving.{l - 1}", stride: 2)), $"_encoder.{l}"));
        }
        double[,,] x = Make(levels[depth].GetLength(0), levels[depth].GetLength(1), levels[depth].GetLength(2),
            (k, r, c) => Math.Max(0, levels[depth][k, r, c] + (noise?[k] ?? 0)));
        for (int l = depth - 1; l >= 0; l--)
        {
            double[,,] coarse = x, fine = levels[l];
            int up = coarse.GetLength(0);
            x = Relu(Convolve(Make(up + (hasSkips ? fine.GetLength(0) : 0), fine.GetLength(1), fine.GetLength(2),
                (k, r, c) => k < up ? coarse[k, r / 2, c / 2] : fine[k - up, r, c]), $"_decoder.{l}"));
        }
        return Convolve(x, "_head");
    }

    double[,,] Convolve(double[,,] map, string name, int stride = 1)
    {
        Tensor kernels = weights[$"{prefix}{name}._kernel"];
        float[] values = kernels.data<float>().ToArray(), bias = weights[$"{prefix}{name}._bias"].data<float>().ToArray();
        int outputs = (int)kernels.shape[0], channels = (int)kernels.shape[1], size = (int)kernels.shape[2];
        var kernel = new double[outputs, channels, size, size];
        Buffer.BlockCopy(Array.ConvertAll(values, value => (double)value), 0, kernel, 0, values.Length * sizeof(double));
        int rows = map.GetLength(1), columns = map.GetLength(2);
        var slow = new SlowConvolution(padding, size, rows, columns);
        return Make(outputs, (rows + stride - 1) / stride, (columns + stride - 1) / stride,
            (k, r, c) => bias[k] + slow.At(map, kernel, k, r * stride, c * stride));
    }

    static double[,,] Relu(double[,,] map) =>
        Make(map.GetLength(0), map.GetLength(1), map.GetLength(2), (k, r, c) => Math.Max(0, map[k, r, c]));

    static double[,,] Make(int channels, int rows, int columns, Func<int, int, int, double> value)
    {
        var made = new double[channels, rows, columns];
        for (int k = 0; k < channels; k++)
        {
            for (int r = 0; r < rows; r++)
            {
                for (int c = 0; c < columns; c++)
                    made[k, r, c] = value(k, r, c);
            }
        }
        return made;
    }
}
