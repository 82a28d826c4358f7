using System.Runtime.InteropServices;
using Microsoft.ML.OnnxRuntime;

namespace HotspotInference.Benchmarks.Graphs;

/// <summary>ONNX Runtime itself, nothing around it: a session with its inputs and outputs bound once.</summary>
public sealed class BoundSession : IDisposable
{
    readonly InferenceSession _session;
    readonly OrtIoBinding _binding;
    readonly RunOptions _options = new();
    readonly List<OrtValue> _values = [];
    readonly Dictionary<string, float[]> _inputs = [];

    /// <param name="model">A model; dimensions it leaves open that are none of those named are 1.</param>
    /// <param name="threads">Threads of a run.</param>
    /// <param name="sizes">The sizes of open dimensions, by name.</param>
    public BoundSession(byte[] model, int threads, params (string Name, int Size)[] sizes)
    {
        using var settings = new SessionOptions { IntraOpNumThreads = threads, LogSeverityLevel = OrtLoggingLevel.ORT_LOGGING_LEVEL_FATAL };
        // The threads of an idle session would spin on beside the one that is measured.
        settings.AddSessionConfigEntry("session.force_spinning_stop", "1");
        _session = new InferenceSession(model, settings);
        _binding = _session.CreateIoBinding();
        var random = new Random(1);
        foreach ((string name, NodeMetadata node) in _session.InputMetadata)
        {
            float[] data = new float[Length(node)];
            for (int i = 0; i < data.Length; i++)
                data[i] = random.NextDouble() < 0.02 ? 1 : 0;
            _inputs[name] = data;
            _values.Add(OrtValue.CreateTensorValueFromMemory(data, Shape(node)));
            _binding.BindInput(name, _values[^1]);
        }
        foreach ((string name, NodeMetadata node) in _session.OutputMetadata)
        {
            float[] data = new float[Length(node)];
            Results.Add(data);
            _values.Add(OrtValue.CreateTensorValueFromMemory(data, Shape(node)));
            _binding.BindOutput(name, _values[^1]);
        }

        long[] Shape(NodeMetadata node) => [.. node.Dimensions.Select((size, i) => size > 0 ? size
            : (long)(sizes.FirstOrDefault(given => given.Name == node.SymbolicDimensions[i]) is { Size: > 0 } named ? named.Size : 1))];

        int Length(NodeMetadata node) => (int)Shape(node).Aggregate(1L, (product, size) => product * size);
    }

    /// <summary>The model of a predictor, on its own grid.</summary>
    public static BoundSession For(HotspotPredictor predictor, ReadOnlyMemory<byte> model, int threads, int batch) =>
        new(model.ToArray(), threads,
            ("batch", batch), ("row", predictor.Heatmaps.Grid.Rows), ("column", predictor.Heatmaps.Grid.Columns));

    /// <summary>The outputs of the last run.</summary>
    public List<float[]> Results { get; } = [];

    /// <summary>Fills an input with the first of some numbers.</summary>
    /// <param name="name">The input.</param>
    /// <param name="bytes">At least as many numbers as it has.</param>
    public void Fill(string name, ReadOnlySpan<byte> bytes) =>
        MemoryMarshal.Cast<byte, float>(bytes)[.._inputs[name].Length].CopyTo(_inputs[name]);

    public void Run() => _session.RunWithBinding(_options, _binding);

    public void Dispose()
    {
        _binding.Dispose();
        _options.Dispose();
        foreach (OrtValue value in _values)
            value.Dispose();
        _session.Dispose();
    }
}
