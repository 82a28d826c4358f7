using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using Microsoft.ML.OnnxRuntime;
using Microsoft.ML.OnnxRuntime.Tensors;

namespace HotspotInference.Prediction;

/// <summary>
/// One input of a session's binding. A run reads memory of its own, into which values are copied, or on the processor the caller's, where
/// that is large and the same call after call, as it is taken to be at first. Owns its native handles; one caller at a time.
/// </summary>
sealed class BoundInput : IDisposable
{
    // Arrays that large are not moved by the collector; smaller ones are copied in a few microseconds.
    const int LeastSharedBytes = 85_000;

    // To bind other memory allocates: it is to pay.
    const int CallsBeforeShared = 16;

    readonly OrtIoBinding _binding;
    readonly string _name;
    readonly long[] _dimensions;
    readonly bool _isShareable;

    // Made when it is first needed.
    float[] _data = [];
    OrtValue? _own, _shared;
    // What the binding reads, where it is not its own memory; and what the last calls gave, how often.
    nint _sharedAddress, _lastAddress;
    int _calls;

    public BoundInput(OrtIoBinding binding, ModelTensor tensor, in RunShape shape, InferenceDevice device)
    {
        _binding = binding;
        _name = tensor.Name;
        _dimensions = tensor.DimensionsFor(shape);
        Length = checked((int)tensor.LengthFor(shape));
        _isShareable = device == InferenceDevice.Cpu && (long)Length * sizeof(float) >= LeastSharedBytes;
    }

    /// <summary>How many values it has.</summary>
    public int Length { get; }

    /// <summary>Memory of its own, which the next run reads.</summary>
    public Span<float> Data
    {
        get
        {
            if (_own is null)
            {
                _data = new float[Length];
                _own = OrtValue.CreateTensorValueFromMemory(_data, _dimensions);
                _binding.BindInput(_name, _own);
            }
            else if (_sharedAddress != 0)
            {
                _binding.BindInput(_name, _own);
            }
            Share(null, 0);
            return _data;
        }
    }

    /// <summary>Lets the next run read values.</summary>
    /// <param name="values">As many as the input has; they stand still until the run has ended.</param>
    public unsafe void Take(ReadOnlySpan<float> values)
    {
        if (!_isShareable)
        {
            values.CopyTo(Data);
            return;
        }
        nint address = (nint)Unsafe.AsPointer(ref MemoryMarshal.GetReference(values));
        if (address == _sharedAddress)
            return;
        _calls = address == _lastAddress ? _calls + 1 : 1;
        _lastAddress = address;
        bool isFirst = _own is null && _shared is null;
        if (!isFirst && _calls <= CallsBeforeShared)
        {
            values.CopyTo(Data);
            return;
        }
        var shared = OrtValue.CreateTensorValueWithData(
            OrtMemoryInfo.DefaultInstance, TensorElementType.Float, _dimensions, address, (long)values.Length * sizeof(float));
        _binding.BindInput(_name, shared);
        Share(shared, address);
    }

    /// <summary>Binds its own memory anew: a graphics card is given a copy when an input is bound.</summary>
    public void Rebind() => _binding.BindInput(_name, _own);

    public void Dispose()
    {
        _shared?.Dispose();
        _own?.Dispose();
    }

    void Share(OrtValue? value, nint address)
    {
        _shared?.Dispose();
        (_shared, _sharedAddress) = (value, address);
    }
}
