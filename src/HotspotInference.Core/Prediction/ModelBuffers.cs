using Microsoft.ML.OnnxRuntime;

namespace HotspotInference.Prediction;

/// <summary>
/// The memory of one run at a time for one shape, bound to a session: filled, run and read again and again without allocation.
/// Owns its native handles; the session is the predictor's.
/// </summary>
sealed class ModelBuffers : IDisposable
{
    sealed record BoundTensor(string Name, float[] Data, OrtValue Value);

    readonly OrtIoBinding _binding;
    readonly BoundTensor?[] _inputs;
    readonly BoundTensor?[] _outputs;

    public ModelBuffers(InferenceSession session, ModelContract contract, RunShape shape)
    {
        Shape = shape;
        _binding = session.CreateIoBinding();
        _inputs = [.. contract.Inputs.Select(Allocate)];
        _outputs = [.. contract.Outputs.Select(Allocate)];
        BindInputs();
        foreach (BoundTensor? output in _outputs)
        {
            if (output is not null)
                _binding.BindOutput(output.Name, output.Value);
        }

        BoundTensor? Allocate(ModelTensor? tensor)
        {
            if (tensor is null)
                return null;
            float[] data = new float[tensor.LengthFor(shape)];
            return new BoundTensor(tensor.Name, data, OrtValue.CreateTensorValueFromMemory(data, tensor.DimensionsFor(shape)));
        }
    }

    public RunShape Shape { get; }

    /// <summary>
    /// An input's memory for the first of the batch; its index is that in <see cref="ModelContract.Inputs"/>. Empty where the model has none.
    /// </summary>
    public Span<float> First(int index) => _inputs[index] is { } tensor ? tensor.Data.AsSpan(0, tensor.Data.Length / Shape.Batch) : [];

    /// <summary>Copies the inputs in.</summary>
    /// <param name="input">Its lengths are checked already.</param>
    public void Fill(in HotspotInput input)
    {
        for (int i = 0; i < _inputs.Length; i++)
            input[i].CopyTo(_inputs[i]?.Data);
    }

    /// <summary>Runs on what the inputs hold.</summary>
    /// <param name="session">The session that the buffers were made for.</param>
    /// <param name="options">Shared by all runs.</param>
    /// <param name="device">
    /// What the session runs on. ONNX Runtime copies an input to a graphics card when it is bound, not when it runs, so there it is bound
    /// anew; on the processor it reads the bound memory itself.
    /// </param>
    /// <param name="output">Copied out, the first of the batch or all; its lengths are checked already.</param>
    public void Run(InferenceSession session, RunOptions options, InferenceDevice device, in HotspotOutput output)
    {
        if (device != InferenceDevice.Cpu)
            BindInputs();
        session.RunWithBinding(options, _binding);
        if (device != InferenceDevice.Cpu)
            _binding.SynchronizeBoundOutputs();
        for (int i = 0; i < _outputs.Length; i++)
        {
            if (!output[i].IsEmpty)
                _outputs[i]!.Data.AsSpan(0, output[i].Length).CopyTo(output[i]);
        }
    }

    public void Dispose()
    {
        _binding.Dispose();
        foreach (BoundTensor? tensor in _inputs.Concat(_outputs))
            tensor?.Value.Dispose();
    }

    void BindInputs()
    {
        foreach (BoundTensor? input in _inputs)
        {
            if (input is not null)
                _binding.BindInput(input.Name, input.Value);
        }
    }
}
