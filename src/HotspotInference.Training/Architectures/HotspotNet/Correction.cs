using HotspotInference.Onnx;
using HotspotInference.Training.Architectures.ConvLstm;
using TorchSharp;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace HotspotInference.Training.Architectures.HotspotNet;

/// <summary>
/// A correction of the history model's log intensity, within -1 .. 1 and 0 before training: a convolution of the rates, joined with the
/// last hidden state of a ConvLSTM over the maps, and two layers that look at one cell each.
/// </summary>
sealed class Correction : nn.Module<Tensor, Tensor, Tensor>
{
    readonly CellConvolution _rateConvolution;
    readonly ConvLstmLayer _maps;
    readonly Parameter _rate_kernel;
    readonly Parameter _rate_bias;
    readonly Parameter _joint_kernel;
    readonly Parameter _joint_bias;
    readonly Parameter _last_kernel;
    readonly Parameter _last_bias;

    /// <param name="rates">Channels of the rates.</param>
    /// <param name="width">Channels within.</param>
    /// <param name="rateConvolution">How the rates are convolved.</param>
    /// <param name="kernelSize">Its kernel's size.</param>
    /// <param name="maps">The ConvLSTM.</param>
    public Correction(int rates, int width, CellConvolution rateConvolution, int kernelSize, ConvLstmLayer maps)
        : base(nameof(Correction))
    {
        _rateConvolution = rateConvolution;
        _maps = maps;
        Rates = rates;
        _rate_kernel = new Parameter(empty([width, rates, kernelSize, kernelSize]));
        _joint_kernel = new Parameter(empty([width, width + maps.Hidden, 1, 1]));
        nn.init.xavier_uniform_(_rate_kernel);
        nn.init.xavier_uniform_(_joint_kernel);
        _rate_bias = new Parameter(zeros([width]));
        _joint_bias = new Parameter(zeros([width]));
        _last_kernel = new Parameter(zeros([1, width, 1, 1]));
        _last_bias = new Parameter(zeros([1]));
        RegisterComponents();
    }

    /// <summary>Channels of the rates.</summary>
    public int Rates { get; }

    /// <param name="input1">Rates, <c>[batch, channel, row, column]</c>.</param>
    /// <param name="input2">Maps, <c>[time, batch, channel, row, column]</c>.</param>
    /// <returns><c>[batch, 1, row, column]</c>.</returns>
    public override Tensor forward(Tensor input1, Tensor input2)
    {
        using DisposeScope scope = NewDisposeScope();
        Tensor rates = _rateConvolution.Apply(input1, _rate_kernel, _rate_bias, _rateConvolution.Scale(input1)).relu();
        Tensor joint = nn.functional.conv2d(cat([rates, _maps.call(input2)[^1]], 1), _joint_kernel, _joint_bias).relu();
        return nn.functional.conv2d(joint, _last_kernel, _last_bias).tanh().MoveToOuterDisposeScope();
    }

    public OnnxValue Export(OnnxGraphBuilder graph, OnnxValue rates, IReadOnlyList<OnnxValue> maps, string name)
    {
        OnnxValue fromRates = Relu(_rateConvolution.Apply(graph, rates, graph.Weights($"{name}_rate_kernel", _rate_kernel),
            graph.Weights($"{name}_rate_bias", _rate_bias), _rateConvolution.Scale(graph, rates, Rates, name)));
        OnnxValue[] states = _maps.Export(graph, maps, $"{name}_maps");
        OnnxValue joint = Relu(graph.Conv(graph.Concat(1, fromRates, states[^1]), graph.Weights($"{name}_joint_kernel", _joint_kernel),
            graph.Weights($"{name}_joint_bias", _joint_bias)));
        return graph.Tanh(graph.Conv(joint, graph.Weights($"{name}_last_kernel", _last_kernel),
            graph.Weights($"{name}_last_bias", _last_bias)));

        OnnxValue Relu(OnnxValue x) => graph.Max(x, graph.Scalar(0));
    }
}
