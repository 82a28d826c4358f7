using System.Globalization;
using HotspotInference.Onnx;

namespace HotspotInference.Training.Updates;

/// <summary>
/// A model's file, its checkpoint, and those that they replaced: of <c>city.onnx</c> the versions before are <c>city.v1.onnx</c>,
/// <c>city.v2.onnx</c>, the latest last, each with its checkpoint.
/// </summary>
/// <param name="file">The model's file.</param>
sealed class ModelVersions(string file)
{
    static readonly string[] s_besideModel = [".checkpoint", ".training.csv", ".training.svg"];

    /// <summary>The model in use.</summary>
    public string File => file;

    /// <summary>The checkpoint of its training.</summary>
    public string Checkpoint => Beside(".checkpoint");

    /// <summary>Where the next version is made, before it takes the place of <see cref="File"/>.</summary>
    public string Candidate => Beside(".candidate.onnx");

    string CandidateCheckpoint => Path.ChangeExtension(Candidate, ".checkpoint");

    /// <summary>
    /// Ends a replacement that was interrupted between model and checkpoint: the checkpoint is then that of the version before, and the
    /// model's own lies beside it.
    /// </summary>
    /// <param name="fingerprint">The fingerprint of what the model learnt from.</param>
    public void Recover(string? fingerprint)
    {
        if (System.IO.File.Exists(CandidateCheckpoint)
            && Training.Checkpoint.LoadAny(Checkpoint).Identity.GetValueOrDefault("incidents") != fingerprint
            && Training.Checkpoint.LoadAny(CandidateCheckpoint).Identity.GetValueOrDefault("incidents") == fingerprint)
            MoveBeside();
    }

    /// <summary>
    /// Puts the candidate in the model's place. The model's file is at every moment the old one or the new one, whole; the old one is kept
    /// under its number before.
    /// </summary>
    /// <param name="keep">How many versions before the one in use are kept, at least 1.</param>
    /// <returns>What the old model is called now.</returns>
    /// <exception cref="HotspotException">A file cannot be written.</exception>
    public string Publish(int keep)
    {
        int[] numbers = Numbers();
        int number = numbers.LastOrDefault() + 1;
        Copy(file, Version(number, ".onnx"), "model");
        Copy(Checkpoint, Version(number, ".checkpoint"), "checkpoint");
        System.IO.File.Move(Candidate, file, overwrite: true);
        MoveBeside();
        foreach (int old in numbers.Append(number).SkipLast(keep))
        {
            System.IO.File.Delete(Version(old, ".checkpoint"));
            System.IO.File.Delete(Version(old, ".onnx"));
        }
        return Version(number, ".onnx");
    }

    void MoveBeside()
    {
        foreach (string extension in s_besideModel)
        {
            if (System.IO.File.Exists(Path.ChangeExtension(Candidate, extension)))
                System.IO.File.Move(Path.ChangeExtension(Candidate, extension), Beside(extension), overwrite: true);
        }
    }

    // The numbers of the versions that there are, ascending.
    int[] Numbers()
    {
        string prefix = Path.GetFileNameWithoutExtension(file) + ".v";
        IEnumerable<string> names = Directory.EnumerateFiles(Path.GetDirectoryName(Path.GetFullPath(file))!)
            .Select(name => Path.GetFileName(name)!).Where(name => name.StartsWith(prefix, StringComparison.Ordinal)
                && name.EndsWith(".onnx", StringComparison.Ordinal));
        return [.. names.Select(name => int.TryParse(name.AsSpan(prefix.Length, name.Length - prefix.Length - ".onnx".Length),
            NumberStyles.None,
            CultureInfo.InvariantCulture, out int number) ? number : 0).Where(number => number > 0).Order()];
    }

    string Version(int number, string extension) => Beside(string.Create(CultureInfo.InvariantCulture, $".v{number}{extension}"));

    string Beside(string extension) => Path.ChangeExtension(file, extension);

    static void Copy(string from, string to, string what) => AtomicFile.Write(to, what, stream =>
    {
        using FileStream source = System.IO.File.OpenRead(from);
        source.CopyTo(stream);
    });
}
