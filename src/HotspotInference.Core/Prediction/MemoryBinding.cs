using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using Microsoft.ML.OnnxRuntime;
using Microsoft.ML.OnnxRuntime.Tensors;

namespace HotspotInference.Prediction;

/// <summary>
/// Where a session reads its inputs: each in its own memory, or a large one where a caller has it. Owns its native handles.
/// </summary>
sealed class MemoryBinding : IDisposable
{
    readonly nint[] _addresses;
    readonly OrtValue?[] _shared;
    readonly InputMemory?[] _inputs;

    /// <param name="session">What runs.</param>
    /// <param name="inputs">The session's inputs, null for those that it lacks.</param>
    /// <param name="addresses">Where each input is read, 0 for its own memory.</param>
    public MemoryBinding(InferenceSession session, InputMemory?[] inputs, ReadOnlySpan<nint> addresses)
    {
        _inputs = inputs;
        _addresses = addresses.ToArray();
        _shared = new OrtValue?[inputs.Length];
        Binding = session.CreateIoBinding();
        for (int i = 0; i < inputs.Length; i++)
        {
            if (inputs[i] is { } input && addresses[i] != 0)
                _shared[i] = OrtValue.CreateTensorValueWithData(OrtMemoryInfo.DefaultInstance, TensorElementType.Float, input.Dimensions,
                    addresses[i], (long)input.Length * sizeof(float));
        }
        Bind();
    }

    public OrtIoBinding Binding { get; }

    /// <summary>The addresses of what a run is to read; 0 for what is copied. It stands still until the run has ended.</summary>
    /// <returns>Whether anything is read where it is.</returns>
    public static unsafe bool TryGetAddresses(in HotspotInput input, InputMemory?[] inputs, Span<nint> addresses)
    {
        bool isAnyRead = false;
        for (int i = 0; i < inputs.Length; i++)
        {
            bool isRead = inputs[i] is { IsShareable: true };
            addresses[i] = isRead ? (nint)Unsafe.AsPointer(ref MemoryMarshal.GetReference(input[i])) : 0;
            isAnyRead |= isRead;
        }
        return isAnyRead;
    }

    public bool Reads(ReadOnlySpan<nint> addresses) => addresses.SequenceEqual(_addresses);

    /// <summary>Copies what is not read where it is.</summary>
    public void Copy(in HotspotInput input)
    {
        for (int i = 0; i < _inputs.Length; i++)
        {
            if (_inputs[i] is { } own && _addresses[i] == 0)
                input[i].CopyTo(own.Data);
        }
    }

    /// <summary>Binds the inputs anew: a graphics card is given a copy when one is bound.</summary>
    public void Bind()
    {
        for (int i = 0; i < _inputs.Length; i++)
        {
            if (_inputs[i] is { } input)
                Binding.BindInput(input.Name, _shared[i] ?? input.Value);
        }
    }

    public void Dispose()
    {
        Binding.Dispose();
        foreach (OrtValue? value in _shared)
            value?.Dispose();
    }
}
