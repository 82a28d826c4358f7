using System.Buffers.Binary;
using System.Globalization;
using Google.Protobuf;
using HotspotInference.Onnx.Protos;

namespace HotspotInference.Onnx;

/// <summary>
/// Builds an ONNX model: inputs, constants, nodes and outputs, in the order in which they are added. The same calls give the same
/// bytes. Shapes of inner values are left to the runtime's inference. Not safe for use by several threads at once.
/// </summary>
/// <remarks>
/// Written with operator set 17 and IR version 8, which belong together. The set holds every operator that this library's networks
/// use, and every ONNX Runtime since 1.12 (2022) reads it. Newer sets would only narrow who can run the model.
/// </remarks>
public sealed partial class OnnxGraphBuilder
{
    /// <summary>The version of the standard operator set that models are written with.</summary>
    public const int OperatorSetVersion = 17;

    /// <summary>The version of the file format that models are written with.</summary>
    public const int IrVersion = 8;

    readonly string _name;
    readonly List<ValueInfoProto> _inputs = [];
    readonly List<TensorProto> _constants = [];
    readonly List<(string Operator, OnnxValue[] Inputs, OnnxValue[] Outputs, OnnxAttribute[] Attributes)> _nodes = [];
    readonly List<ValueInfoProto> _outputs = [];
    readonly HashSet<string> _names = new(StringComparer.Ordinal);
    readonly Dictionary<string, OnnxValue> _shared = new(StringComparer.Ordinal);
    readonly SortedDictionary<string, string> _metadata = new(StringComparer.Ordinal);

    /// <summary>Starts an empty graph.</summary>
    /// <param name="name">The graph's name, for viewers.</param>
    public OnnxGraphBuilder(string name)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(name);
        _name = name;
    }

    /// <summary>A description for viewers, or null.</summary>
    public string? Description { get; set; }

    /// <summary>The model's metadata: named texts, written in the order of their names.</summary>
    public IDictionary<string, string> Metadata => _metadata;

    /// <summary>Adds a float32 input.</summary>
    /// <param name="name">Its name, unique within the graph.</param>
    /// <param name="shape">Its dimensions, fixed or named.</param>
    /// <exception cref="ArgumentException">The name is empty or in use.</exception>
    public OnnxValue Input(string name, params ReadOnlySpan<OnnxDimension> shape)
    {
        OnnxValue value = Add(name, isComputed: false);
        _inputs.Add(Describe(name, shape));
        return value;
    }

    /// <summary>Adds a float32 constant.</summary>
    /// <param name="name">Its name, unique within the graph.</param>
    /// <param name="data">The elements, row-major.</param>
    /// <param name="shape">Its dimensions; none for a scalar.</param>
    /// <exception cref="ArgumentException">The name is empty or in use, or the shape does not hold that many elements.</exception>
    public OnnxValue Constant(string name, ReadOnlySpan<float> data, params ReadOnlySpan<long> shape)
    {
        byte[] raw = new byte[data.Length * sizeof(float)];
        for (int i = 0; i < data.Length; i++)
            BinaryPrimitives.WriteSingleLittleEndian(raw.AsSpan(i * sizeof(float)), data[i]);
        return Constant(name, TensorProto.Types.DataType.Float, raw, data.Length, shape);
    }

    /// <summary>Adds an int64 constant: a shape, axes, or positions.</summary>
    /// <inheritdoc cref="Constant(string, ReadOnlySpan{float}, ReadOnlySpan{long})"/>
    public OnnxValue Constant(string name, ReadOnlySpan<long> data, params ReadOnlySpan<long> shape)
    {
        byte[] raw = new byte[data.Length * sizeof(long)];
        for (int i = 0; i < data.Length; i++)
            BinaryPrimitives.WriteInt64LittleEndian(raw.AsSpan(i * sizeof(long)), data[i]);
        return Constant(name, TensorProto.Types.DataType.Int64, raw, data.Length, shape);
    }

    /// <summary>A float32 number; equal ones are one constant.</summary>
    public OnnxValue Scalar(float value)
    {
        string name = string.Create(CultureInfo.InvariantCulture, $"number_{value:R}");
        return _shared.TryGetValue(name, out OnnxValue? known) ? known : _shared[name] = Constant(name, [value]);
    }

    /// <summary>A single int64 number, such as a position; equal ones are one constant.</summary>
    public OnnxValue Index(long value)
    {
        string name = string.Create(CultureInfo.InvariantCulture, $"index_{value}");
        return _shared.TryGetValue(name, out OnnxValue? known) ? known : _shared[name] = Constant(name, [value]);
    }

    /// <summary>A list of int64 numbers: a shape, axes, or sizes. Equal ones are one constant.</summary>
    public OnnxValue Integers(params ReadOnlySpan<long> values)
    {
        string name = "integers_" + string.Join('_', values.ToArray());
        return _shared.TryGetValue(name, out OnnxValue? known) ? known : _shared[name] = Constant(name, values, values.Length);
    }

    /// <summary>Adds a node of the standard operator set with one result.</summary>
    /// <param name="operation">The operator's name, such as <c>Conv</c>.</param>
    /// <param name="inputs">Its inputs, in the operator's order.</param>
    /// <param name="attributes">Its settings; those left out have the operator's defaults.</param>
    /// <returns>The result.</returns>
    /// <exception cref="ArgumentException">An input belongs to another builder.</exception>
    public OnnxValue Node(string operation, ReadOnlySpan<OnnxValue> inputs, params ReadOnlySpan<OnnxAttribute> attributes) =>
        Node(operation, inputs, 1, attributes)[0];

    /// <summary>Adds a node of the standard operator set with several results.</summary>
    /// <inheritdoc cref="Node(string, ReadOnlySpan{OnnxValue}, ReadOnlySpan{OnnxAttribute})"/>
    /// <param name="operation">The operator's name, such as <c>Split</c>.</param>
    /// <param name="inputs">Its inputs, in the operator's order.</param>
    /// <param name="resultCount">How many results it has, at least 1.</param>
    /// <param name="attributes">Its settings; those left out have the operator's defaults.</param>
    /// <returns>The results, in the operator's order.</returns>
    public IReadOnlyList<OnnxValue> Node(
        string operation, ReadOnlySpan<OnnxValue> inputs, int resultCount, params ReadOnlySpan<OnnxAttribute> attributes)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(operation);
        ArgumentOutOfRangeException.ThrowIfLessThan(resultCount, 1);
        foreach (OnnxValue input in inputs)
            CheckOwned(input, nameof(inputs));
        var outputs = new OnnxValue[resultCount];
        for (int i = 0; i < outputs.Length; i++)
            outputs[i] = Add(UniqueName(operation), isComputed: true);
        _nodes.Add((operation, inputs.ToArray(), outputs, attributes.ToArray()));
        return outputs;
    }

    /// <summary>Makes a node's float32 result an output of the model and gives it the output's name.</summary>
    /// <param name="name">The output's name, unique within the graph.</param>
    /// <param name="value">The result of a node, not yet an output.</param>
    /// <param name="shape">Its dimensions, fixed or named.</param>
    /// <exception cref="ArgumentException">
    /// The name is empty or in use, or the value is another builder's, no result of a node, or already an output.
    /// </exception>
    public void Output(string name, OnnxValue value, params ReadOnlySpan<OnnxDimension> shape)
    {
        CheckOwned(value, nameof(value));
        if (!value.IsComputed || _outputs.Any(output => output.Name == value.Name))
            throw new ArgumentException($"'{value}' is an input, a constant or already an output; expected the result of a node. "
                + "Pass it through an Identity node.", nameof(value));
        Claim(name);
        value.Name = name;
        _outputs.Add(Describe(name, shape));
    }

    /// <summary>The model as the bytes of an .onnx file.</summary>
    public byte[] ToArray() => Build().ToByteArray();

    /// <summary>Writes the model to a stream, which stays open.</summary>
    public void Write(Stream stream) => Build().WriteTo(stream);

    /// <summary>
    /// Writes the model to a file, replacing one of that name. The file appears complete or not at all: it is written beside its place
    /// under another name first.
    /// </summary>
    /// <exception cref="HotspotException">The file cannot be written.</exception>
    public void Save(string path)
    {
        byte[] model = ToArray();
        AtomicFile.Write(path, "model", stream => stream.Write(model));
    }

    OnnxValue Constant(string name, TensorProto.Types.DataType type, byte[] raw, int count, ReadOnlySpan<long> shape)
    {
        long expected = 1;
        foreach (long size in shape)
            expected *= size;
        if (expected != count)
            throw new ArgumentException($"'{name}' has {count} elements; expected {expected} for its shape.", nameof(shape));
        OnnxValue value = Add(name, isComputed: false);
        var tensor = new TensorProto { Name = name, DataType = type, RawData = UnsafeByteOperations.UnsafeWrap(raw) };
        foreach (long size in shape)
            tensor.Dims.Add(size);
        _constants.Add(tensor);
        return value;
    }

    OnnxValue Add(string name, bool isComputed)
    {
        Claim(name);
        return new OnnxValue(this, name, isComputed);
    }

    void Claim(string name)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(name);
        if (!_names.Add(name))
            throw new ArgumentException($"The graph already has a value '{name}'; expected another name.", nameof(name));
    }

    string UniqueName(string operation)
    {
        for (int i = _nodes.Count; ; i++)
        {
            string name = string.Create(CultureInfo.InvariantCulture, $"{operation}_{i}");
            if (!_names.Contains(name))
                return name;
        }
    }

    void CheckOwned(OnnxValue value, string parameter)
    {
        ArgumentNullException.ThrowIfNull(value, parameter);
        if (value.Graph != this)
            throw new ArgumentException($"'{value}' belongs to another graph; expected a value of this one.", parameter);
    }

    static ValueInfoProto Describe(string name, ReadOnlySpan<OnnxDimension> shape)
    {
        var dimensions = new TensorShapeProto();
        foreach (OnnxDimension dimension in shape)
            dimensions.Dim.Add(dimension.Name is null
                ? new TensorShapeProto.Types.Dimension { DimValue = dimension.Size }
                : new TensorShapeProto.Types.Dimension { DimParam = dimension.Name });
        var tensor = new TypeProto.Types.Tensor { ElemType = TensorProto.Types.DataType.Float, Shape = dimensions };
        return new ValueInfoProto { Name = name, Type = new TypeProto { TensorType = tensor } };
    }

    internal ModelProto Build()
    {
        var graph = new GraphProto { Name = _name };
        graph.Input.AddRange(_inputs);
        graph.Initializer.AddRange(_constants);
        foreach (var (operation, inputs, outputs, attributes) in _nodes)
        {
            var node = new NodeProto { Name = outputs[0].Name, OpType = operation };
            node.Input.AddRange(inputs.Select(input => input.Name));
            node.Output.AddRange(outputs.Select(output => output.Name));
            node.Attribute.AddRange(attributes.Select(attribute => attribute.Message));
            graph.Node.Add(node);
        }
        graph.Output.AddRange(_outputs);

        var model = new ModelProto
        {
            IrVersion = IrVersion,
            ProducerName = "HotspotInference",
            ProducerVersion = typeof(OnnxGraphBuilder).Assembly.GetName().Version!.ToString(3),
            Graph = graph,
        };
        if (Description is not null)
            model.DocString = Description;
        model.OpsetImport.Add(new OperatorSetIdProto { Domain = "", Version = OperatorSetVersion });
        foreach (var (key, value) in _metadata)
            model.MetadataProps.Add(new StringStringEntryProto { Key = key, Value = value });
        return model;
    }
}
