using HotspotInference.Onnx;
using HotspotInference.Training.Architectures.EncoderDecoder;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace HotspotInference.Training.Architectures.StResNet;

/// <summary>
/// One of closeness, period and trend: its maps as channels, <c>[batch, lag x channel, row, column]</c>, through a convolution, residual
/// units and a convolution to <c>[batch, class, row, column]</c>.
/// </summary>
sealed class Branch : nn.Module<Tensor, Tensor>
{
    readonly ConvolutionLayer _first;
    readonly ModuleList<ResidualUnit> _units;
    readonly ConvolutionLayer _last;

    /// <param name="first">Takes the maps.</param>
    /// <param name="units">The residual units.</param>
    /// <param name="last">Gives the classes; 0 at the start, so that training begins at the forecast that is the same everywhere.</param>
    public Branch(ConvolutionLayer first, ResidualUnit[] units, ConvolutionLayer last)
        : base(nameof(Branch))
    {
        _first = first;
        _units = nn.ModuleList(units);
        _last = last;
        last.Clear();
        RegisterComponents();
    }

    public override Tensor forward(Tensor input) => _last.call(_units.Aggregate(_first.call(input), (x, unit) => unit.call(x)).relu());

    public OnnxValue Export(OnnxGraphBuilder graph, OnnxValue input, string name)
    {
        OnnxValue x = _first.Export(graph, input, $"{name}_first");
        for (int i = 0; i < _units.Count; i++)
            x = _units[i].Export(graph, x, $"{name}_unit{i}");
        return _last.Export(graph, graph.Relu(x), $"{name}_last");
    }
}
