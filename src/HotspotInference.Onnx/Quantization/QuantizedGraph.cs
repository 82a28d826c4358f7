using System.Globalization;
using System.Runtime.InteropServices;
using HotspotInference.Onnx.Protos;
using DataType = HotspotInference.Onnx.Protos.TensorProto.Types.DataType;

namespace HotspotInference.Onnx.Quantization;

/// <summary>Nodes and constants of a graph that is written anew with whole numbers.</summary>
/// <param name="names">Names that are taken.</param>
sealed class QuantizedGraph(IEnumerable<string> names)
{
    readonly HashSet<string> _names = new(names, StringComparer.Ordinal);
    readonly Dictionary<string, string> _shared = new(StringComparer.Ordinal);

    public List<NodeProto> Nodes { get; } = [];

    public List<TensorProto> Constants { get; } = [];

    /// <summary>Adds a node with one result.</summary>
    /// <returns>The result's name.</returns>
    public string Node(string operation, string name, IEnumerable<string> inputs, params IEnumerable<AttributeProto> attributes)
    {
        var node = new NodeProto { Name = Unique(name), OpType = operation };
        node.Input.AddRange(inputs);
        node.Output.Add(node.Name);
        node.Attribute.AddRange(attributes);
        Nodes.Add(node);
        return node.Name;
    }

    /// <summary>Numbers as bytes: <c>x / scale + zero point</c>, rounded to the nearest, halves to the even one, within 0..255.</summary>
    public QuantizedValue Quantize(string tensor, float scale, byte zeroPoint, int channels) =>
        new(Node("QuantizeLinear", tensor + "_bytes", [tensor, Scalar(scale), ZeroPoint(zeroPoint)]),
            zeroPoint, [new QuantizedPart(scale, channels)]);

    /// <summary>Bytes as numbers.</summary>
    public string Dequantize(QuantizedValue value) => Dequantize(value.Name, value.Scale, value.ZeroPoint);

    /// <summary>Bytes as numbers, at a scale of choice.</summary>
    public string Dequantize(string bytes, float scale, byte zeroPoint) =>
        Node("DequantizeLinear", bytes + "_number", [bytes, Scalar(scale), ZeroPoint(zeroPoint)]);

    /// <summary>A float32 number; equal ones are one constant.</summary>
    public string Scalar(float value) =>
        Shared(string.Create(CultureInfo.InvariantCulture, $"scale_{value:R}"), name => Constant(name, [value], DataType.Float));

    /// <summary>A constant.</summary>
    /// <returns>Its name, which is <paramref name="name"/> where nothing else has it.</returns>
    public string Constant<T>(string name, ReadOnlySpan<T> values, DataType type, params ReadOnlySpan<long> shape)
        where T : unmanaged
    {
        var tensor = new TensorProto
        {
            Name = Unique(name), DataType = type,
            RawData = Google.Protobuf.ByteString.CopyFrom(MemoryMarshal.AsBytes(values))
        };
        tensor.Dims.AddRange(shape.ToArray());
        Constants.Add(tensor);
        return tensor.Name;
    }

    /// <summary>A name that nothing else has, which is taken now.</summary>
    public string Unique(string name)
    {
        string unique = name;
        for (int i = 2; !_names.Add(unique); i++)
            unique = string.Create(CultureInfo.InvariantCulture, $"{name}_{i}");
        return unique;
    }

    string ZeroPoint(byte value) =>
        Shared(string.Create(CultureInfo.InvariantCulture, $"zero_point_{value}"), name => Constant(name, [value], DataType.Uint8));

    string Shared(string key, Func<string, string> make) => _shared.TryGetValue(key, out string? known) ? known : _shared[key] = make(key);
}
