using Microsoft.ML.OnnxRuntime;

namespace HotspotInference.Prediction;

/// <summary>
/// The memory of one run at a time for one shape, bound to a session: filled, run and read again and again without allocation. Large inputs
/// of callers whose memory it knows are read where they are. Owns its native handles; the session is the predictor's.
/// </summary>
sealed class ModelBuffers : IDisposable
{
    sealed record BoundOutput(string Name, float[] Data, OrtValue Value);

    // Callers whose memory is known, at some hundred bytes each.
    const int MaximumBindings = 32;

    // Once so many are known another's memory must come that often in a row: to bind it allocates, and is to pay.
    const int CallsBeforeReplacement = 16;

    readonly InferenceSession _session;
    readonly InferenceDevice _device;
    readonly InputMemory?[] _inputs;
    readonly BoundOutput?[] _outputs;
    readonly List<MemoryBinding> _bindings = [];
    readonly nint[] _unknown;
    MemoryBinding? _copying, _current;
    int _unknownCalls, _oldest;

    /// <param name="session">What runs; the buffers end before it.</param>
    /// <param name="device">What the session runs on.</param>
    /// <param name="contract">The session's inputs and outputs.</param>
    /// <param name="shape">Their sizes.</param>
    public ModelBuffers(InferenceSession session, InferenceDevice device, ModelContract contract, RunShape shape)
    {
        Shape = shape;
        _session = session;
        _device = device;
        _inputs = [.. contract.Inputs.Select(tensor => tensor is null ? null : new InputMemory(tensor, shape, device))];
        _unknown = new nint[_inputs.Length];
        _outputs = [.. contract.Outputs.Select(Make)];

        BoundOutput? Make(ModelTensor? tensor)
        {
            if (tensor is null)
                return null;
            float[] data = new float[tensor.LengthFor(shape)];
            return new BoundOutput(tensor.Name, data, OrtValue.CreateTensorValueFromMemory(data, tensor.DimensionsFor(shape)));
        }
    }

    public RunShape Shape { get; }

    MemoryBinding Copying => _copying ??= Bind(stackalloc nint[_inputs.Length]);

    /// <summary>
    /// An input's memory for the first of the batch, which the next run reads; its index is that in <see cref="ModelContract.Inputs"/>.
    /// Empty where the model has none.
    /// </summary>
    public Span<float> First(int index)
    {
        _current = Copying;
        return _inputs[index] is { } input ? input.Data[..(input.Length / Shape.Batch)] : [];
    }

    /// <summary>Lets the next run read the inputs.</summary>
    /// <param name="input">Its lengths are checked already, and it stands still until the run has ended.</param>
    public void Take(in HotspotInput input)
    {
        Span<nint> addresses = stackalloc nint[_inputs.Length];
        _current = MemoryBinding.TryGetAddresses(input, _inputs, addresses) ? BindingFor(addresses) : Copying;
        _current.Copy(input);
    }

    /// <summary>Runs on the inputs.</summary>
    /// <param name="options">Shared by all runs.</param>
    /// <param name="output">Copied out, the first of the batch or all; its lengths are checked already.</param>
    public void Run(RunOptions options, in HotspotOutput output)
    {
        MemoryBinding current = _current!;
        if (_device != InferenceDevice.Cpu)
            current.Bind();
        _session.RunWithBinding(options, current.Binding);
        if (_device != InferenceDevice.Cpu)
            current.Binding.SynchronizeBoundOutputs();
        for (int i = 0; i < _outputs.Length; i++)
        {
            if (!output[i].IsEmpty)
                _outputs[i]!.Data.AsSpan(0, output[i].Length).CopyTo(output[i]);
        }
    }

    public void Dispose()
    {
        foreach (MemoryBinding binding in _bindings)
            binding.Dispose();
        _copying?.Dispose();
        foreach (InputMemory? input in _inputs)
            input?.Dispose();
        foreach (BoundOutput? output in _outputs)
            output?.Value.Dispose();
    }

    MemoryBinding BindingFor(ReadOnlySpan<nint> addresses)
    {
        foreach (MemoryBinding binding in _bindings)
        {
            if (binding.Reads(addresses))
                return binding;
        }
        if (_bindings.Count < MaximumBindings)
        {
            _bindings.Add(Bind(addresses));
            return _bindings[^1];
        }
        _unknownCalls = addresses.SequenceEqual(_unknown) ? _unknownCalls + 1 : 1;
        addresses.CopyTo(_unknown);
        if (_unknownCalls <= CallsBeforeReplacement)
            return Copying;
        MemoryBinding replacing = Bind(addresses);
        _bindings[_oldest].Dispose();
        _bindings[_oldest] = replacing;
        _oldest = (_oldest + 1) % MaximumBindings;
        return replacing;
    }

    MemoryBinding Bind(ReadOnlySpan<nint> addresses)
    {
        var binding = new MemoryBinding(_session, _inputs, addresses);
        foreach (BoundOutput? output in _outputs)
        {
            if (output is not null)
                binding.Binding.BindOutput(output.Name, output.Value);
        }
        return binding;
    }
}
