using HotspotInference.Incidents;
using Microsoft.ML;
using Microsoft.ML.Data;

namespace HotspotInference.Pipelines;

/// <summary>
/// Incidents of files as rows, read anew by every cursor, one row at a time: <c>Time</c> (DateTime), <c>Latitude</c> and <c>Longitude</c>
/// (Double), <c>Kinds</c> (vector of String of unknown size), <c>Place</c> (String, empty where unknown) and <c>Id</c> (Int32). Safe to
/// share between threads.
/// </summary>
public sealed class IncidentDataView : IDataView
{
    static readonly DataViewSchema s_schema = MakeSchema();

    readonly string[] _paths;
    readonly IncidentReaderOptions? _options;
    readonly StepView _view;
    volatile IncidentReadReport? _report;

    internal IncidentDataView(IEnumerable<string> paths, IncidentReaderOptions? options)
    {
        ArgumentNullException.ThrowIfNull(paths);
        _paths = [.. paths];
        _options = options;
        // Refuses now what no reading could use.
        _ = new IncidentReader(_paths, _options);
        _view = new StepView(s_schema, () => null, Open);
    }

    /// <summary>What the latest reading that came to the end of the files found; null before.</summary>
    public IncidentReadReport? Report => _report;

    /// <summary>False: rows come in the order of the files.</summary>
    public bool CanShuffle => false;

    /// <inheritdoc/>
    public DataViewSchema Schema => s_schema;

    /// <summary>Null: rows are counted by reading them.</summary>
    public long? GetRowCount() => null;

    /// <inheritdoc/>
    public DataViewRowCursor GetRowCursor(IEnumerable<DataViewSchema.Column> columnsNeeded, Random? rand = null) =>
        _view.GetRowCursor(columnsNeeded, rand);

    /// <inheritdoc/>
    public DataViewRowCursor[] GetRowCursorSet(IEnumerable<DataViewSchema.Column> columnsNeeded, int n, Random? rand = null) =>
        _view.GetRowCursorSet(columnsNeeded, n, rand);

    RowSource Open(bool[] active)
    {
        var reader = new IncidentReader(_paths, _options);
        IEnumerator<Incident> incidents = reader.Read().GetEnumerator();
        Delegate[] getters =
        [
            (ValueGetter<DateTime>)((ref DateTime value) => value = incidents.Current.Time),
            (ValueGetter<double>)((ref double value) => value = incidents.Current.Latitude),
            (ValueGetter<double>)((ref double value) => value = incidents.Current.Longitude),
            (ValueGetter<VBuffer<ReadOnlyMemory<char>>>)((ref VBuffer<ReadOnlyMemory<char>> value) =>
            {
                KindNames names = incidents.Current.Kinds;
                var editor = VBufferEditor.Create(ref value, names.Count);
                for (int i = 0; i < names.Count; i++)
                    editor.Values[i] = names[i].AsMemory();
                value = editor.Commit();
            }),
            (ValueGetter<ReadOnlyMemory<char>>)((ref ReadOnlyMemory<char> value) => value = incidents.Current.Place.AsMemory()),
            (ValueGetter<int>)((ref int value) => value = incidents.Current.Id),
        ];
        return new RowSource(s_schema, active, getters, Advance, incidents.Dispose);

        bool Advance()
        {
            if (incidents.MoveNext())
                return true;
            _report = reader.Report;
            return false;
        }
    }

    static DataViewSchema MakeSchema()
    {
        var schema = new DataViewSchema.Builder();
        schema.AddColumn(nameof(Incident.Time), DateTimeDataViewType.Instance);
        schema.AddColumn(nameof(Incident.Latitude), NumberDataViewType.Double);
        schema.AddColumn(nameof(Incident.Longitude), NumberDataViewType.Double);
        schema.AddColumn(nameof(Incident.Kinds), new VectorDataViewType(TextDataViewType.Instance));
        schema.AddColumn(nameof(Incident.Place), TextDataViewType.Instance);
        schema.AddColumn(nameof(Incident.Id), NumberDataViewType.Int32);
        return schema.ToSchema();
    }
}
