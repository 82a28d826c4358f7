using System.Globalization;
using System.Text;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;

namespace HotspotInference.Training.Tuning;

/// <summary>
/// A study in a file: a line of JSON that says what it is about, then one for each result, written at once and flushed to the disk. A line
/// that has no end was under way when the process was killed, and counts as never written. One owner; the file is locked while it is open.
/// </summary>
sealed class Study : IDisposable
{
    const int Version = 1;

    readonly FileStream _file;
    readonly List<TrialResult> _results = [];

    Study(FileStream file) => _file = file;

    /// <summary>The results so far, in the order in which they came.</summary>
    public IReadOnlyList<TrialResult> Results => _results;

    /// <summary>Opens a study to go on with, or begins one.</summary>
    /// <param name="path">The file.</param>
    /// <param name="space">What is searched.</param>
    /// <param name="options">All else that its results depend on, by name.</param>
    /// <exception cref="HotspotException">The file cannot be opened, is damaged, or of another study.</exception>
    public static Study Open(string path, SearchSpace space, IReadOnlyDictionary<string, string> options)
    {
        var asked = new StudyHeader(Version, [.. space.Parameters.Select(parameter => parameter.ToString())],
            new SortedDictionary<string, string>(new Dictionary<string, string>(options), StringComparer.Ordinal));
        string subject = $"study '{path}'";
        FileStream file;
        try
        {
            file = new FileStream(path, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new HotspotException(subject, $"it cannot be opened ({e.Message})", "a file that can be written to, used by nobody else",
                "Name another, or wait until the other hotspot tune has ended.", e);
        }
        var study = new Study(file);
        try
        {
            study.Load(subject, asked, space);
            return study;
        }
        catch
        {
            study.Dispose();
            throw;
        }
    }

    /// <summary>Adds a result; when this returns, it is on the disk.</summary>
    public void Append(TrialResult result)
    {
        Write(result, StudyJson.Default.TrialResult);
        _results.Add(result);
    }

    void Load(string subject, StudyHeader asked, SearchSpace space)
    {
        byte[] bytes = new byte[_file.Length];
        _file.ReadExactly(bytes);
        int end = Array.LastIndexOf(bytes, (byte)'\n') + 1;
        if (end == 0 && bytes.Length > 0 && bytes[0] != (byte)'{')
            throw new HotspotException(subject, "another content", "a study that hotspot tune began", "Name another file.");
        string[] lines = Encoding.UTF8.GetString(bytes, 0, end).Split('\n', StringSplitOptions.RemoveEmptyEntries);
        if (lines.Length > 0)
            CheckSame(subject, Parse(subject, 1, lines[0], StudyJson.Default.StudyHeader), asked);
        for (int i = 1; i < lines.Length; i++)
        {
            TrialResult result = Parse(subject, i + 1, lines[i], StudyJson.Default.TrialResult);
            if (result.Values.Count != space.Parameters.Count)
                throw Damaged(subject, i + 1, null);
            _results.Add(result);
        }
        // What comes next begins where the last whole line ends.
        _file.SetLength(end);
        _file.Position = end;
        if (end == 0)
            Write(asked, StudyJson.Default.StudyHeader);
    }

    void Write<T>(T line, JsonTypeInfo<T> type)
    {
        _file.Write([.. JsonSerializer.SerializeToUtf8Bytes(line, type), (byte)'\n']);
        _file.Flush(flushToDisk: true);
    }

    static T Parse<T>(string subject, int number, string line, JsonTypeInfo<T> type)
    {
        try
        {
            return JsonSerializer.Deserialize(line, type) ?? throw Damaged(subject, number, null);
        }
        catch (JsonException e)
        {
            throw Damaged(subject, number, e);
        }
    }

    static HotspotException Damaged(string subject, int number, Exception? inner) => new(subject,
        string.Create(CultureInfo.InvariantCulture, $"line {number} is none of a study"), "a study that hotspot tune began",
        "Name another file, or take the line out.", inner);

    static void CheckSame(string subject, StudyHeader found, StudyHeader asked)
    {
        (string, string, string)[] compared = [("version", $"{found.Version}", $"{asked.Version}"),
            ("space", string.Join(' ', found.Space), string.Join(' ', asked.Space)),
            .. found.Options.Keys.Union(asked.Options.Keys)
                .Select(name => (name, Of(found, name), Of(asked, name)))];
        foreach ((string name, string there, string here) in compared)
        {
            if (there != here)
                throw new HotspotException(subject, $"a study with {name} '{there}'", $"'{here}', as asked for now",
                    "Give the options that it was begun with, or begin another study.");
        }

        static string Of(StudyHeader header, string name) => header.Options.GetValueOrDefault(name, "nothing");
    }

    /// <summary>Closes the file.</summary>
    public void Dispose() => _file.Dispose();
}
