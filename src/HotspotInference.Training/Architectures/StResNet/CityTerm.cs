using HotspotInference.Onnx;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace HotspotInference.Training.Architectures.StResNet;

/// <summary>
/// What features of the whole city, <c>[batch, feature]</c>, add to each class, and to each cell where the grid is fixed: two dense layers,
/// <c>V relu(U x + u) + v</c>, the second 0 at the start.
/// </summary>
sealed class CityTerm : nn.Module<Tensor, Tensor>
{
    /// <summary>Units of the first layer, as in the authors' code.</summary>
    public const int Width = 10;

    readonly int _classes, _rows, _columns;
    readonly Parameter _first_weights;
    readonly Parameter _first_bias;
    readonly Parameter _second_weights;
    readonly Parameter _second_bias;

    /// <param name="features">Features of the city.</param>
    /// <param name="classes">Classes of the result.</param>
    /// <param name="rows">Rows of the result; 1 where all cells get the same.</param>
    /// <param name="columns">Columns of the result; 1 where all cells get the same.</param>
    public CityTerm(int features, int classes, int rows, int columns)
        : base(nameof(CityTerm))
    {
        (_classes, _rows, _columns) = (classes, rows, columns);
        _first_weights = new Parameter(empty([Width, features]));
        _first_bias = new Parameter(zeros([Width]));
        _second_weights = new Parameter(zeros([classes * rows * columns, Width]));
        _second_bias = new Parameter(zeros([classes * rows * columns]));
        nn.init.xavier_uniform_(_first_weights);
        RegisterComponents();
    }

    public override Tensor forward(Tensor input)
    {
        Tensor hidden = nn.functional.linear(input, _first_weights, _first_bias).relu();
        return nn.functional.linear(hidden, _second_weights, _second_bias).view(-1, _classes, _rows, _columns);
    }

    public OnnxValue Export(OnnxGraphBuilder graph, OnnxValue features)
    {
        OnnxValue hidden = graph.Relu(graph.Gemm(features, graph.Weights("city_first_weights", _first_weights),
            graph.Weights("city_first_bias", _first_bias), transposeB: true));
        OnnxValue all = graph.Gemm(hidden, graph.Weights("city_second_weights", _second_weights),
            graph.Weights("city_second_bias", _second_bias), transposeB: true);
        return graph.Reshape(all, graph.Integers(-1, _classes, _rows, _columns));
    }
}
