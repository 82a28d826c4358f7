using System.Text.Json;
using HotspotInference.Heatmaps;
using HotspotInference.Periods;

namespace HotspotInference.Rendering;

/// <summary>The incidents of an interactive map: when, in which cell, where in the area, of which kind and classes.</summary>
sealed class MapIncidents(HeatmapSpec spec, PeriodRange span)
{
    // As many as colours that are told apart by every eye.
    const int MostKinds = 7;

    readonly List<Entry> _entries = [];
    readonly Dictionary<string, int> _kinds = new(StringComparer.Ordinal);
    readonly Dictionary<string, int> _sets = new(StringComparer.Ordinal);
    readonly List<int[]> _classesOfSet = [];
    readonly int[] _classes = new int[spec.Kinds.Classes.Count];

    /// <summary>Incidents on the map.</summary>
    public int Count => _entries.Count;

    /// <summary>Incidents of the span outside the area, or of kinds that no class has.</summary>
    public int NotShown { get; private set; }

    public void Add(in Incident incident)
    {
        long period = spec.Cadence.IndexOf(incident.Time);
        if (!span.Contains(period))
            return;
        int cell = spec.Grid.CellOf(incident.Latitude, incident.Longitude), classes = spec.Kinds.Encode(incident.Kinds, _classes);
        if (cell < 0 || classes == 0)
        {
            NotShown++;
            return;
        }
        string kind = incident.Kinds.Count > 0 ? incident.Kinds[0] : "";
        _kinds[kind] = _kinds.GetValueOrDefault(kind) + 1;
        string key = string.Join(',', _classes[..classes]);
        if (!_sets.TryGetValue(key, out int set))
        {
            _sets.Add(key, set = _classesOfSet.Count);
            _classesOfSet.Add(_classes[..classes]);
        }
        Grids.GeoBounds area = spec.Grid.Bounds;
        _entries.Add(new Entry((int)(period - span.First), cell,
            Share(incident.Longitude, area.West, area.East), Share(incident.Latitude, area.South, area.North), kind, set));
    }

    /// <summary>Writes <c>kinds</c>, <c>groups</c> (a kind and its classes) and <c>incidents</c>, in the order of time.</summary>
    public void Write(Utf8JsonWriter writer)
    {
        string[] named = [.. _kinds.Where(pair => pair.Key.Length > 0).OrderByDescending(pair => pair.Value)
            .ThenBy(pair => pair.Key, StringComparer.Ordinal).Take(MostKinds).Select(pair => pair.Key)];
        bool hasRest = _kinds.Keys.Any(kind => !named.Contains(kind));
        MapData.WriteStrings(writer, "kinds",
            hasRest ? [.. named, named.Length > 0 ? "other or no kind" : "incident"] : named);
        Entry[] entries = [.. _entries.OrderBy(entry => entry.Period).ThenBy(entry => entry.Cell)];
        var groups = new Dictionary<(int Kind, int Set), ushort>();
        ushort[] group = [.. entries.Select(entry =>
        {
            (int, int) key = (Array.IndexOf(named, entry.Kind) is >= 0 and var known ? known : named.Length, entry.Set);
            if (!groups.TryGetValue(key, out ushort index))
                groups.Add(key, index = checked((ushort)groups.Count));
            return index;
        })];
        writer.WriteStartArray("groups");
        foreach ((int kind, int set) in groups.Keys)
        {
            writer.WriteStartObject();
            writer.WriteNumber("kind", kind);
            writer.WriteStartArray("classes");
            foreach (int c in _classesOfSet[set])
                writer.WriteNumberValue(c);
            writer.WriteEndArray();
            writer.WriteEndObject();
        }
        writer.WriteEndArray();
        writer.WriteStartObject("incidents");
        writer.WriteNumber("count", entries.Length);
        writer.WriteNumber("notShown", NotShown);
        // Column by column.
        writer.WriteBase64String("data", MapBlock.Pack(
        [
            .. MapBlock.Bytes<int>([.. entries.Select(entry => entry.Period)]),
            .. MapBlock.Bytes<int>([.. entries.Select(entry => entry.Cell)]),
            .. MapBlock.Bytes<ushort>([.. entries.Select(entry => entry.X)]),
            .. MapBlock.Bytes<ushort>([.. entries.Select(entry => entry.Y)]),
            .. MapBlock.Bytes<ushort>(group),
        ]));
        writer.WriteEndObject();
    }

    // A city's share of 1/65535 is well below a metre.
    static ushort Share(double value, double low, double high) => (ushort)Math.Round((value - low) / (high - low) * ushort.MaxValue);

    readonly record struct Entry(int Period, int Cell, ushort X, ushort Y, string Kind, int Set);
}
