using Microsoft.ML.OnnxRuntime;

namespace HotspotInference.Prediction;

/// <summary>
/// The memory of one run at a time for one shape, bound to a session: filled, run and read again and again without allocation.
/// Owns its native handles; the session is the predictor's.
/// </summary>
sealed class ModelBuffers : IDisposable
{
    sealed record BoundOutput(float[] Data, OrtValue Value);

    readonly InferenceDevice _device;
    readonly OrtIoBinding _binding;
    readonly BoundInput?[] _inputs;
    readonly BoundOutput?[] _outputs;

    /// <param name="session">What runs; the buffers end before it.</param>
    /// <param name="device">
    /// What the session runs on. ONNX Runtime copies an input to a graphics card when it is bound, not when it runs, so there it is bound
    /// anew; on the processor it reads the bound memory itself.
    /// </param>
    /// <param name="contract">The session's inputs and outputs.</param>
    /// <param name="shape">Their sizes.</param>
    public ModelBuffers(InferenceSession session, InferenceDevice device, ModelContract contract, RunShape shape)
    {
        Shape = shape;
        _device = device;
        _binding = session.CreateIoBinding();
        _inputs = [.. contract.Inputs.Select(tensor => tensor is null ? null : new BoundInput(_binding, tensor, shape, device))];
        _outputs = [.. contract.Outputs.Select(Bind)];

        BoundOutput? Bind(ModelTensor? tensor)
        {
            if (tensor is null)
                return null;
            float[] data = new float[tensor.LengthFor(shape)];
            var value = OrtValue.CreateTensorValueFromMemory(data, tensor.DimensionsFor(shape));
            _binding.BindOutput(tensor.Name, value);
            return new BoundOutput(data, value);
        }
    }

    public RunShape Shape { get; }

    /// <summary>
    /// An input's memory for the first of the batch; its index is that in <see cref="ModelContract.Inputs"/>. Empty where the model has
    /// none.
    /// </summary>
    public Span<float> First(int index) => _inputs[index] is { } input ? input.Data[..(input.Length / Shape.Batch)] : [];

    /// <summary>Lets the next run read the inputs.</summary>
    /// <param name="input">Its lengths are checked already, and it stands still until the run has ended.</param>
    public void Take(in HotspotInput input)
    {
        for (int i = 0; i < _inputs.Length; i++)
            _inputs[i]?.Take(input[i]);
    }

    /// <summary>Runs on the inputs.</summary>
    /// <param name="session">The session that the buffers were made for.</param>
    /// <param name="options">Shared by all runs.</param>
    /// <param name="output">Copied out, the first of the batch or all; its lengths are checked already.</param>
    public void Run(InferenceSession session, RunOptions options, in HotspotOutput output)
    {
        if (_device != InferenceDevice.Cpu)
        {
            foreach (BoundInput? input in _inputs)
                input?.Rebind();
        }
        session.RunWithBinding(options, _binding);
        if (_device != InferenceDevice.Cpu)
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
        foreach (BoundInput? input in _inputs)
            input?.Dispose();
        foreach (BoundOutput? output in _outputs)
            output?.Value.Dispose();
    }
}
