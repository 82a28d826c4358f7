using HotspotInference.Training.Architectures;
using TorchSharp;
using static TorchSharp.torch;

namespace HotspotInference.Training;

/// <summary>The weights of an earlier training's best epoch, for another training to begin with.</summary>
sealed class StartWeights
{
    readonly string _path;
    readonly byte[] _weights;

    StartWeights(string path, byte[] weights, string hash)
    {
        _path = path;
        _weights = weights;
        Hash = hash;
    }

    /// <summary>SHA-256 of the checkpoint.</summary>
    public string Hash { get; }

    /// <summary>Reads a checkpoint.</summary>
    /// <param name="path">The file.</param>
    /// <param name="architecture">What is to be trained.</param>
    /// <exception cref="HotspotException">The file is no checkpoint, or of another architecture.</exception>
    public static StartWeights Load(string path, Architecture architecture)
    {
        (IReadOnlyDictionary<string, string> identity, TrainerState state, string hash) = Checkpoint.LoadAny(path);
        string found = identity.GetValueOrDefault("architecture", "nothing");
        return found == architecture.Name
            ? new StartWeights(path, state.BestWeights ?? state.Weights, hash)
            : throw new HotspotException($"checkpoint '{path}'", $"a training with architecture '{found}'",
                $"'{architecture.Name}', as asked for now", $"Give --architecture {found}, or another --start.");
    }

    /// <summary>Gives a network every weight whose name and shape is one of its own, but for what belongs to its city.</summary>
    /// <param name="network">The network, otherwise ready to be trained.</param>
    /// <param name="isSameCity">Whether what belongs to the city is taken over too, but for what is fitted to it.</param>
    /// <exception cref="HotspotException">None fits.</exception>
    public StartReport ApplyTo(Network network, bool isSameCity = false)
    {
        using var noGrad = no_grad();
        Dictionary<string, Tensor> own = network.state_dict();
        IReadOnlyList<string> kept = isSameCity ? network.FittedParameters : network.OwnParameters;
        HashSet<string> taken = [];
        using var reader = new BinaryReader(new MemoryStream(_weights));
        // As Module.save writes them: their number, then name and tensor of each.
        for (long left = reader.Read7BitEncodedInt64(); left > 0; left--)
        {
            string name = reader.ReadString();
            using Tensor weights = TensorExtensionMethods.Load(reader);
            if (kept.Contains(name) || !own.TryGetValue(name, out Tensor? mine) || !mine.shape.SequenceEqual(weights.shape))
                continue;
            mine.copy_(weights).Dispose();
            taken.Add(name);
        }
        return taken.Count > 0
            ? new StartReport(_path, [.. own.Keys.Where(taken.Contains)], [.. own.Keys.Except(taken)])
            : throw new HotspotException($"checkpoint '{_path}'", "no weights whose names and shapes are the network's", "at least some",
                "Give the network the options that the earlier training had (--hidden, --width ...), or leave out --start.");
    }
}
