using System.Runtime.InteropServices;
using Google.Protobuf;
using HotspotInference.Onnx.Protos;

namespace HotspotInference.Onnx.Quantization;

/// <summary>The level of a quantised model: rounding, always in the same direction, shifts what is rare by some percent.</summary>
static class QuantizedLevel
{
    // Risks are small and nearly proportional to the exponential of the shift: each step leaves little.
    const int Steps = 5;
    // As far as a fitted slope goes. Of smaller shifts rounding is too large a part.
    const double LargestGain = 10, SmallestShift = 1e-3;

    /// <summary>Shifts the bias of the last convolution, class by class, until mean risk is that of the model in full precision.</summary>
    /// <param name="model">
    /// The quantised model. It comes back as it is where its last convolution does not give one logit for each class.
    /// </param>
    /// <param name="exact">The model in full precision.</param>
    /// <param name="windows">Windows of the days that the level is right in.</param>
    /// <param name="cancellationToken">Stops the work.</param>
    public static byte[] Restore(byte[] model, HotspotPredictor exact, IReadOnlyList<float[]> windows, CancellationToken cancellationToken)
    {
        ModelProto written = ModelChange.Read(model);
        string? name = written.Graph.Node.LastOrDefault(node => node.OpType == "Conv" && node.Input.Count > 2)?.Input[2];
        if (written.Graph.Initializer.SingleOrDefault(tensor => tensor.Name == name)
            is not { DataType: TensorProto.Types.DataType.Float } bias
            || bias.Dims[0] != exact.Classes.Count)
            return model;
        double[] expected = MeanRisk(exact, windows, cancellationToken);
        float[] values = MemoryMarshal.Cast<byte, float>(bias.RawData.Span).ToArray();
        double[] left = new double[values.Length], shifts = new double[values.Length];
        for (int step = 0; step < Steps; step++)
        {
            using (var predictor = HotspotPredictor.Load(model))
            {
                double[] found = MeanRisk(predictor, windows, cancellationToken);
                for (int i = 0; i < values.Length; i++)
                {
                    double ratio = Math.Log(expected[i] / found[i]);
                    // A calibration behind the logits may make risk follow them more or less steeply: the step before shows how much.
                    double gain = Math.Abs(shifts[i]) > SmallestShift
                        ? Math.Clamp((left[i] - ratio) / shifts[i], 1 / LargestGain, LargestGain) : 1;
                    (left[i], shifts[i]) = (ratio, ratio / gain);
                    values[i] += (float)shifts[i];
                }
            }
            bias.RawData = ByteString.CopyFrom(MemoryMarshal.AsBytes<float>(values));
            model = written.ToByteArray();
        }
        return model;
    }

    static double[] MeanRisk(HotspotPredictor predictor, IReadOnlyList<float[]> windows, CancellationToken cancellationToken)
    {
        (int rows, int columns) = (predictor.Heatmaps.Grid.Rows, predictor.Heatmaps.Grid.Columns);
        var risk = new float[predictor.Classes.Count * rows * columns];
        var sums = new double[predictor.Classes.Count];
        foreach (float[] window in windows)
        {
            cancellationToken.ThrowIfCancellationRequested();
            predictor.Predict(window, rows, columns, risk);
            for (int i = 0; i < risk.Length; i++)
                sums[i / (rows * columns)] += risk[i];
        }
        return sums;
    }
}
