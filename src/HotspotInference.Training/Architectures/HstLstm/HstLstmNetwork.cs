using HotspotInference.Onnx;
using HotspotInference.Prediction;
using TorchSharp;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace HotspotInference.Training.Architectures.HstLstm;

/// <summary>
/// The hierarchical ST-LSTM: the last incidents in sessions, each but the last encoded to a vector, these vectors followed by a plain LSTM
/// whose state begins the decoder of the last session; its last state gives a logit for each cell.
/// </summary>
sealed class HstLstmNetwork : Network
{
    // The features of EventSpec.
    const int Row = 0, Column = 1, Hours = 2, Meters = 3;
    // "to" of the operator Cast.
    const int Int64 = 7;

    readonly Parameter _cells;
    readonly Parameter _time_bounds;
    readonly Parameter _distance_bounds;
    readonly StLstmCell? _encoder;
    readonly StLstmCell? _context;
    readonly StLstmCell _decoder;
    readonly Parameter _head_weight;
    readonly Parameter _head_bias;
    readonly IntervalSlots _times;
    readonly IntervalSlots _distances;
    readonly int _sessions;
    readonly double _dropout;

    /// <param name="shape">Steps are incidents, channels their features.</param>
    /// <param name="sessions">Of how many sessions of equal length the steps are; 1: the decoder alone, the ST-LSTM.</param>
    /// <param name="embedding">Numbers of the vectors of cells and intervals.</param>
    /// <param name="hidden">Numbers of each state.</param>
    /// <param name="times">The slots of time, in hours.</param>
    /// <param name="distances">The slots of distance, in metres.</param>
    /// <param name="dropout">The share of the last state that is left out in training.</param>
    public HstLstmNetwork(NetworkShape shape, int sessions, int embedding, int hidden, IntervalSlots times, IntervalSlots distances,
        double dropout)
        : base(nameof(HstLstmNetwork), shape)
    {
        (_sessions, _times, _distances, _dropout) = (sessions, times, distances, dropout);
        int cells = shape.Rows * shape.Columns;
        _cells = Normal(cells);
        _time_bounds = Normal(times.Bounds);
        _distance_bounds = Normal(distances.Bounds);
        if (sessions > 1)
        {
            _encoder = new StLstmCell(nameof(_encoder), embedding, embedding, hidden);
            _context = new StLstmCell(nameof(_context), hidden, 0, hidden);
        }
        _decoder = new StLstmCell(nameof(_decoder), embedding, embedding, hidden);
        // From zero: before the first step of training the forecast is what the bias says.
        _head_weight = new Parameter(zeros([hidden, cells]));
        _head_bias = new Parameter(zeros([cells]));
        RegisterComponents();

        Parameter Normal(long count)
        {
            var parameter = new Parameter(empty([count, embedding]));
            nn.init.normal_(parameter, 0, 1);
            return parameter;
        }
    }

    public override GridMode Grid => GridMode.Fixed;

    public override IReadOnlyList<string> OwnParameters => [nameof(_cells), nameof(_head_weight), nameof(_head_bias)];

    int SessionSteps => Shape.Steps / _sessions;

    /// <summary>Adds to the logits of all incidents.</summary>
    /// <param name="by">One number for each cell.</param>
    public override void ShiftLogits(ReadOnlySpan<double> by) => Shift(_head_bias, by);

    public override Tensor forward(NetworkInput input)
    {
        using DisposeScope scope = NewDisposeScope();
        Tensor events = input.Events!;
        long batch = events.shape[0];
        Tensor Feature(int index) => events.narrow(2, index, 1);
        Tensor index = (Feature(Row) * Shape.Columns + Feature(Column)).flatten().to(ScalarType.Int64);
        Tensor places = _cells.index_select(0, index).view(batch, Shape.Steps, -1);
        Tensor time = _times.Weights(Feature(Hours)).matmul(_time_bounds);
        Tensor distance = _distances.Weights(Feature(Meters)).matmul(_distance_bounds);

        Tensor? state = null;
        int earlier = Shape.Steps - SessionSteps;
        if (_encoder is not null)
        {
            // The sessions are encoded apart from each other, so all at once.
            Tensor Sessions(Tensor x) => x.narrow(1, 0, earlier).reshape(batch * (_sessions - 1), SessionSteps, -1);
            Tensor encoded = _encoder.Run(Sessions(places), Sessions(time), Sessions(distance), null);
            state = _context!.Run(encoded.view(batch, _sessions - 1, -1), null, null, null);
        }
        Tensor Last(Tensor x) => x.narrow(1, earlier, SessionSteps);
        Tensor last = _decoder.Run(Last(places), Last(time), Last(distance), state);
        if (_dropout > 0)
            last = nn.functional.dropout(last, _dropout, training);
        return (last.matmul(_head_weight) + _head_bias).view(batch, 1, Shape.Rows, Shape.Columns).MoveToOuterDisposeScope();
    }

    public override OnnxValue Export(OnnxGraphBuilder graph, GraphInputs inputs)
    {
        IReadOnlyList<OnnxValue> features = graph.Split(inputs.Events!, 2, 1, 1, 1, 1);
        OnnxValue index = graph.Node("Cast", [graph.Add(graph.Mul(features[Row], graph.Scalar(Shape.Columns)), features[Column])],
            OnnxAttribute.Of("to", Int64));
        OnnxValue places = graph.Gather(graph.Weights("cells", _cells), graph.Reshape(index, graph.Integers(0, Shape.Steps)), 0);
        OnnxValue time = graph.MatMul(_times.Weights(graph, features[Hours], "time_positions"), graph.Weights("time_bounds", _time_bounds));
        OnnxValue distance = graph.MatMul(_distances.Weights(graph, features[Meters], "distance_positions"),
            graph.Weights("distance_bounds", _distance_bounds));

        OnnxValue? state = null;
        int earlier = Shape.Steps - SessionSteps;
        if (_encoder is not null)
        {
            OnnxValue Sessions(OnnxValue x) => graph.Reshape(Part(x, 0, earlier), graph.Integers(-1, SessionSteps, _cells.shape[1]));
            OnnxValue encoded = _encoder.Export(graph, Sessions(places), SessionSteps, Sessions(time), Sessions(distance), null, "encoder");
            OnnxValue sessions = graph.Reshape(encoded, graph.Integers(-1, _sessions - 1, _head_weight.shape[0]));
            state = _context!.Export(graph, sessions, _sessions - 1, null, null, null, "context");
        }
        OnnxValue Last(OnnxValue x) => Part(x, earlier, Shape.Steps);
        OnnxValue last = _decoder.Export(graph, Last(places), SessionSteps, Last(time), Last(distance), state, "decoder");
        OnnxValue logits = graph.Gemm(last, graph.Weights("head_weight", _head_weight), graph.Weights("head_bias", _head_bias));
        return graph.Reshape(logits, graph.Integers(0, 1, Shape.Rows, Shape.Columns));

        OnnxValue Part(OnnxValue x, int start, int end) => graph.Slice(x, graph.Integers(start), graph.Integers(end), graph.Integers(1));
    }
}
