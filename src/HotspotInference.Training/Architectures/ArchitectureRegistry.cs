using HotspotInference.Training.Architectures.BiConvLstm;
using HotspotInference.Training.Architectures.ConvLstm;
using HotspotInference.Training.Architectures.EncoderDecoder;
using HotspotInference.Training.Architectures.Gan;
using HotspotInference.Training.Architectures.HotspotNet;
using HotspotInference.Training.Architectures.HstLstm;
using HotspotInference.Training.Architectures.Sftt;
using HotspotInference.Training.Architectures.StResNet;
using HotspotInference.Training.Architectures.StTransformer;

namespace HotspotInference.Training.Architectures;

/// <summary>The architectures that can be trained.</summary>
static class ArchitectureRegistry
{
    public static IReadOnlyList<Architecture> All { get; } =
    [
        new ConvLstmArchitecture(),
        new HotspotNetArchitecture(),
        new BiConvLstmArchitecture(),
        new StResNetArchitecture(),
        new SfttArchitecture(),
        new StTransformerArchitecture(),
        new EncoderDecoderArchitecture(),
        new GanArchitecture(),
        new HstLstmArchitecture(),
    ];

    public static string Names => string.Join(", ", All.Select(architecture => architecture.Name));

    /// <exception cref="HotspotException">There is none of that name.</exception>
    public static Architecture Find(string name) => All.FirstOrDefault(architecture => architecture.Name == name)
        ?? throw new HotspotException("architecture", $"'{name}'", $"one of {Names}", "Choose one of these.");
}
