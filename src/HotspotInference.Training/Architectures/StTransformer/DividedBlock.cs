using HotspotInference.Onnx;
using static TorchSharp.torch;

namespace HotspotInference.Training.Architectures.StTransformer;

/// <summary>
/// A block of divided attention (Bertasius et al. 2021, section 3, "T+S"): each patch looks at itself at all times, then at all
/// patches of its own time, then goes through two dense layers; each of what is normalised before, and added.
/// <c>[batch, time, patch, width]</c> in and out; of the last block only the last time is taken further, since no other is read.
/// </summary>
sealed class DividedBlock : nn.Module<Tensor, Tensor>
{
    readonly int _steps, _patches, _width;
    readonly bool _isLast;
    readonly double _dropout;
    readonly TokenNorm _time_norm;
    readonly SelfAttention _time;
    readonly TokenNorm _space_norm;
    readonly SelfAttention _space;
    readonly TokenNorm _dense_norm;
    readonly Dense _inner;
    readonly Dense _outer;

    /// <param name="steps">Maps of a window.</param>
    /// <param name="patches">Patches of a map.</param>
    /// <param name="width">Elements of a token.</param>
    /// <param name="heads">Heads of both attentions.</param>
    /// <param name="ratio">How many times as wide the dense layers are within.</param>
    /// <param name="dropout">Share of what is added that is dropped in training.</param>
    /// <param name="isLast">Whether it is the last block.</param>
    public DividedBlock(int steps, int patches, int width, int heads, int ratio, double dropout, bool isLast)
        : base(nameof(DividedBlock))
    {
        (_steps, _patches, _width, _dropout, _isLast) = (steps, patches, width, dropout, isLast);
        _time_norm = new TokenNorm(width);
        _time = new SelfAttention(steps, width, heads);
        _space_norm = new TokenNorm(width);
        _space = new SelfAttention(patches, width, heads);
        _dense_norm = new TokenNorm(width);
        _inner = new Dense(width, ratio * width);
        _outer = new Dense(ratio * width, width);
        RegisterComponents();
    }

    public override Tensor forward(Tensor input)
    {
        // Sequences of times, one for each patch.
        Tensor times = _time_norm.call(input).transpose(1, 2).reshape(-1, _steps, _width);
        Tensor x = input + Dropped(_time.call(times).view(-1, _patches, _steps, _width).transpose(1, 2));
        if (_isLast)
            x = x.narrow(1, _steps - 1, 1);
        x += Dropped(_space.call(_space_norm.call(x).view(-1, _patches, _width)).view(-1, _isLast ? 1 : _steps, _patches, _width));
        return x + Dropped(_outer.call(nn.functional.gelu(_inner.call(_dense_norm.call(x)))));

        Tensor Dropped(Tensor part) => _dropout > 0 ? nn.functional.dropout(part, _dropout, training) : part;
    }

    public OnnxValue Export(OnnxGraphBuilder graph, OnnxValue input, string name)
    {
        OnnxValue times = Reshaped(graph.Transpose(_time_norm.Export(graph, input, $"{name}_time_norm"), 0, 2, 1, 3), _steps);
        OnnxValue fromTimes = graph.Reshape(_time.Export(graph, times, $"{name}_time"), graph.Integers(-1, _patches, _steps, _width));
        OnnxValue x = graph.Add(input, graph.Transpose(fromTimes, 0, 2, 1, 3));
        if (_isLast)
            x = graph.Gather(x, graph.Integers(_steps - 1), 1);
        OnnxValue places = Reshaped(_space_norm.Export(graph, x, $"{name}_space_norm"), _patches);
        OnnxValue fromPlaces = graph.Reshape(_space.Export(graph, places, $"{name}_space"),
            graph.Integers(-1, _isLast ? 1 : _steps, _patches, _width));
        x = graph.Add(x, fromPlaces);
        OnnxValue inner = graph.Gelu(_inner.Export(graph, _dense_norm.Export(graph, x, $"{name}_dense_norm"), $"{name}_inner"));
        return graph.Add(x, _outer.Export(graph, inner, $"{name}_outer"));

        OnnxValue Reshaped(OnnxValue tokens, int length) => graph.Reshape(tokens, graph.Integers(-1, length, _width));
    }
}
