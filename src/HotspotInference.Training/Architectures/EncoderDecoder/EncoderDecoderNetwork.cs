using HotspotInference.Onnx;
using HotspotInference.Prediction;
using static TorchSharp.torch;

namespace HotspotInference.Training.Architectures.EncoderDecoder;

/// <summary>An <see cref="EncoderDecoderBody"/> as a network.</summary>
sealed class EncoderDecoderNetwork : Network
{
    readonly EncoderDecoderBody _body;

    public EncoderDecoderNetwork(NetworkShape shape, EncoderDecoderBody body)
        : base(nameof(EncoderDecoderNetwork), shape)
    {
        _body = body;
        RegisterComponents();
    }

    public override GridMode Grid => GridMode.Any;

    public override void ShiftLogits(ReadOnlySpan<double> by) => _body.ShiftLogits(by);

    public override Tensor forward(NetworkInput input) => _body.call(input.Maps);

    public override OnnxValue Export(OnnxGraphBuilder graph, GraphInputs inputs) => _body.Decode(graph, _body.Encode(graph, inputs.Maps));
}
