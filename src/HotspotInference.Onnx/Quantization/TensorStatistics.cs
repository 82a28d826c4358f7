using HotspotInference.Onnx.Protos;
using Microsoft.ML.OnnxRuntime;

namespace HotspotInference.Onnx.Quantization;

/// <summary>How large inner tensors of a network become: the network is run on real windows with these tensors as outputs.</summary>
static class TensorStatistics
{
    /// <summary>Runs the network.</summary>
    /// <param name="model">The network in float32; its input is <c>maps</c>.</param>
    /// <param name="tensors">Inner tensors.</param>
    /// <param name="windows">Windows, <c>[time, channel, row, column]</c> each.</param>
    /// <param name="shape">The shape of one, with a batch of 1.</param>
    /// <param name="cancellationToken">Stops the work.</param>
    public static Dictionary<string, MagnitudeHistogram> Run(ModelProto model, IReadOnlyCollection<string> tensors,
        IReadOnlyList<float[]> windows, long[] shape, CancellationToken cancellationToken)
    {
        ModelProto exposed = model.Clone();
        exposed.Graph.Output.Clear();
        foreach (string tensor in tensors)
            exposed.Graph.Output.Add(new ValueInfoProto
            {
                Name = tensor,
                Type = new TypeProto { TensorType = new TypeProto.Types.Tensor { ElemType = TensorProto.Types.DataType.Float } },
            });
        using var settings = new SessionOptions { LogSeverityLevel = OrtLoggingLevel.ORT_LOGGING_LEVEL_ERROR, IntraOpNumThreads = 1 };
        using var session = new InferenceSession(Google.Protobuf.MessageExtensions.ToByteArray(exposed), settings);
        using var options = new RunOptions();
        string[] names = [.. tensors];
        Dictionary<string, MagnitudeHistogram> found = names.ToDictionary(name => name, _ => new MagnitudeHistogram());
        foreach (float[] window in windows)
        {
            cancellationToken.ThrowIfCancellationRequested();
            using var input = OrtValue.CreateTensorValueFromMemory(window, shape);
            using IDisposableReadOnlyCollection<OrtValue> outputs = session.Run(options, ["maps"], [input], names);
            for (int i = 0; i < names.Length; i++)
                found[names[i]].Add(outputs[i].GetTensorDataAsSpan<float>());
        }
        return found;
    }
}
