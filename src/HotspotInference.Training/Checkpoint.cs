using System.Security.Cryptography;
using System.Text.Json;
using System.Text.Json.Serialization;
using HotspotInference.Onnx;

namespace HotspotInference.Training;

/// <summary>
/// A training on disk: the bytes <c>HSTRAIN</c> and a zero, the version (1 byte), what is trained and how far (JSON), the tensors, and a
/// SHA-256 of all before it. The file appears complete or not at all.
/// </summary>
static class Checkpoint
{
    const byte Version = 2;

    static ReadOnlySpan<byte> Magic => "HSTRAIN\0"u8;

    /// <summary>Writes a checkpoint; where that fails, the one before stays as it was.</summary>
    /// <param name="path">The file.</param>
    /// <param name="identity">What is trained, by name: whoever resumes has to train the same.</param>
    /// <param name="state">How far it is.</param>
    /// <param name="options">
    /// How it is trained, as options of the command line with their values, for whoever goes on with the model later.
    /// </param>
    /// <exception cref="HotspotException">The file cannot be written.</exception>
    public static void Save(string path, IReadOnlyDictionary<string, string> identity, TrainerState state,
        IReadOnlyDictionary<string, string>? options = null)
    {
        using var buffer = new MemoryStream();
        using var writer = new BinaryWriter(buffer);
        writer.Write([.. Magic, Version]);
        var head = new CheckpointHead(new(new Dictionary<string, string>(identity)), state.Start, state.Epochs, state.Steps, state.LossSum,
            options is null ? null : new(new Dictionary<string, string>(options)));
        WriteBytes(writer, JsonSerializer.SerializeToUtf8Bytes(head, CheckpointJson.Default.CheckpointHead));
        foreach (byte[] bytes in (byte[][])[state.Weights, state.BestWeights ?? [], state.Optimizer, state.Random])
            WriteBytes(writer, bytes);
        writer.Write(SHA256.HashData(buffer.GetBuffer().AsSpan(0, (int)buffer.Length)));
        AtomicFile.Write(path, "checkpoint", stream => stream.Write(buffer.GetBuffer(), 0, (int)buffer.Length));
    }

    /// <summary>Reads a checkpoint of the same training.</summary>
    /// <param name="path">The file.</param>
    /// <param name="identity">What is to be trained.</param>
    /// <exception cref="HotspotException">The file is missing, no checkpoint, damaged, or of another training.</exception>
    public static TrainerState Load(string path, IReadOnlyDictionary<string, string> identity)
    {
        string subject = $"checkpoint '{path}'";
        (CheckpointHead head, TrainerState state) = Parse(subject, Bytes(path, subject, "the checkpoint of a training that was stopped",
            "Leave out --resume to train from the start, or name the file with --checkpoint."),
            "leave out --resume to train from the start.");
        CheckSame(subject, head.Identity, identity);
        return state;
    }

    /// <summary>Reads a checkpoint of any training, with what was trained by name and a SHA-256 of the file.</summary>
    /// <param name="path">The file.</param>
    /// <exception cref="HotspotException">The file is missing, no checkpoint, or damaged.</exception>
    public static (IReadOnlyDictionary<string, string> Identity, TrainerState State, string Hash) LoadAny(string path)
    {
        (CheckpointHead head, TrainerState state, byte[] file) = ReadAny(path);
        return (head.Identity, state, Convert.ToHexStringLower(SHA256.HashData(file)));
    }

    /// <summary>How the training of a checkpoint is done; null where it does not say.</summary>
    /// <param name="path">The file.</param>
    /// <exception cref="HotspotException">As for <see cref="LoadAny"/>.</exception>
    public static IReadOnlyDictionary<string, string>? Options(string path) => ReadAny(path).Head.Options;

    static (CheckpointHead Head, TrainerState State, byte[] File) ReadAny(string path)
    {
        string subject = $"checkpoint '{path}'";
        byte[] file = Bytes(path, subject, "the checkpoint of an earlier training",
            "Name the .checkpoint file beside a model that hotspot train wrote.");
        (CheckpointHead head, TrainerState state) = Parse(subject, file, "take another, or train that network again.");
        return (head, state, file);
    }

    static (CheckpointHead Head, TrainerState State) Parse(string subject, byte[] file, string remedy)
    {
        if (!file.AsSpan().StartsWith(Magic))
            throw new HotspotException(subject, $"first bytes {Convert.ToHexString(file.AsSpan(0, Math.Min(file.Length, Magic.Length)))}",
                "a checkpoint", "Name a file that hotspot train wrote.");
        if (file.Length <= Magic.Length || file[Magic.Length] != Version)
            throw new HotspotException(subject, file.Length <= Magic.Length ? "its end" : $"version {file[Magic.Length]}",
                $"version {Version}", "Train again, or use the version of hotspot-train that wrote it.");
        int end = file.Length - SHA256.HashSizeInBytes;
        if (end < Magic.Length || !SHA256.HashData(file.AsSpan(0, end)).AsSpan().SequenceEqual(file.AsSpan(end)))
            throw new HotspotException(subject, "a checksum that does not fit the content", "the file as it was written",
                "The file is damaged: " + remedy);

        using var reader = new BinaryReader(new MemoryStream(file, Magic.Length + 1, end - Magic.Length - 1));
        CheckpointHead head = JsonSerializer.Deserialize(ReadBytes(reader), CheckpointJson.Default.CheckpointHead)!;
        byte[] weights = ReadBytes(reader), best = ReadBytes(reader), optimizer = ReadBytes(reader), random = ReadBytes(reader);
        return (head, new TrainerState(head.Start, head.Epochs, head.Steps, head.LossSum, weights,
            best.Length == 0 ? null : best, optimizer, random));
    }

    static byte[] Bytes(string path, string subject, string expected, string remedy)
    {
        try
        {
            return File.ReadAllBytes(path);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new HotspotException(subject, $"it cannot be read ({e.Message})", expected, remedy, e);
        }
    }

    static void CheckSame(string subject, IReadOnlyDictionary<string, string> found, IReadOnlyDictionary<string, string> expected)
    {
        // The architecture first: where it differs, so does much else.
        foreach (string name in expected.Keys.Union(found.Keys).OrderBy(name => name == "architecture" ? "" : name, StringComparer.Ordinal))
        {
            string there = found.GetValueOrDefault(name, "nothing"), here = expected.GetValueOrDefault(name, "nothing");
            if (there != here)
                throw new HotspotException(subject, $"a training with {name} '{there}'", $"'{here}', as asked for now",
                    "Give the options and incidents that it was begun with, or leave out --resume to train from the start.");
        }
    }

    static void WriteBytes(BinaryWriter writer, byte[] bytes)
    {
        writer.Write(bytes.Length);
        writer.Write(bytes);
    }

    static byte[] ReadBytes(BinaryReader reader) => reader.ReadBytes(reader.ReadInt32());
}

/// <summary>The part of a checkpoint that is no tensor.</summary>
sealed record CheckpointHead(SortedDictionary<string, string> Identity, EpochLog? Start, IReadOnlyList<EpochLog> Epochs,
    int Steps, double LossSum, SortedDictionary<string, string>? Options = null);

/// <summary>How that part becomes JSON.</summary>
[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower)]
[JsonSerializable(typeof(CheckpointHead))]
sealed partial class CheckpointJson : JsonSerializerContext;
