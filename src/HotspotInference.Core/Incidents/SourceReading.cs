using CsvHelper;

namespace HotspotInference.Incidents;

/// <summary>One way through one source: from row to row to the next incident that is returned, counting all others in the report.</summary>
/// <param name="source">The source.</param>
/// <param name="csv">The reader over it, before the first row.</param>
/// <param name="rows">Reads its rows.</param>
/// <param name="options">What is left out.</param>
/// <param name="report">Counts.</param>
/// <param name="duplicates">Finds duplicates; null where none are looked for: the incidents of a tensor's count are alike.</param>
/// <param name="position">The position of the source among all.</param>
/// <param name="sources">How many sources there are.</param>
sealed class SourceReading(IncidentSource source, CsvReader csv, RowReader rows, IncidentReaderOptions options, IncidentReadReport report,
    DuplicateFinder? duplicates, int position, int sources)
{
    // Rare enough to cost nothing, often enough for a progress bar.
    const int RowsPerProgress = 1 << 14;

    readonly long _from = options.From is { } from ? from.ToDateTime(TimeOnly.MinValue).Ticks : long.MinValue;
    readonly long _to = options.To is { } to ? to.ToDateTime(TimeOnly.MaxValue).Ticks : long.MaxValue;
    long _read, _usable;
    Rejection? _first;
    RowReader.Row _row;
    string? _place;
    // Incidents that the row stands for and that are still to come.
    int _left;

    /// <summary>Moves to the next incident; false at the end.</summary>
    public bool Next(IProgress<double>? progress, CancellationToken token, out Incident incident)
    {
        while (_left > 0 || NextRow(progress, token))
        {
            _left--;
            if (!Passes() || IsRemoved())
                continue;
            incident = new Incident(_row.Time, _row.Latitude, _row.Longitude, _row.Kinds.Names)
            {
                Id = (int)report.Accepted, Place = _place
            };
            report.Accept(_row.Time, _row.Kinds);
            return true;
        }
        incident = default;
        return false;
    }

    /// <summary>Counts the source; call at its end.</summary>
    /// <exception cref="HotspotException">It had no row that can be used.</exception>
    public void Complete()
    {
        report.CountSource(_read, _usable);
        if (_read == 0)
            throw new HotspotException(source.Name, "a header without rows", "one row an incident",
                "Check the export, or leave the file out.");
        if (_usable == 0)
            throw new HotspotException(source.Name,
                $"none of {_read} rows can be used, the first for {_first!.Reason} ('{_first.Example}')",
                "rows with time and position", "Check which columns are read (--time-column, --latitude-column, --longitude-column).");
    }

    // The next row that stands for an incident.
    bool NextRow(IProgress<double>? progress, CancellationToken token)
    {
        while (source.Next(csv))
        {
            if (++_read % RowsPerProgress == 0)
            {
                token.ThrowIfCancellationRequested();
                progress?.Report((position + source.Progress) / sources);
            }
            report.CountRow();
            if (rows.Read(out _row) is { } reason)
            {
                Rejection rejection = Reject(reason);
                report.Reject(rejection);
                _first ??= rejection;
                continue;
            }
            _usable++;
            report.TimesMoved += _row.TimeMoved ? 1 : 0;
            _place = rows.Place();
            _left = _row.Count;
            if (_left > 0)
                return true;
        }
        return false;
    }

    bool Passes()
    {
        if (_row.Time.Ticks < _from || _row.Time.Ticks > _to)
            report.OutsideSpan++;
        else if (!_row.Kinds.IsWanted)
            report.OfOtherKinds++;
        else if (options.Place is not null && !string.Equals(_place, options.Place, StringComparison.OrdinalIgnoreCase))
            report.InOtherPlaces++;
        else
            return true;
        return false;
    }

    bool IsRemoved()
    {
        bool? isDuplicate = duplicates is null ? false : duplicates.Find(_row.Time, _row.Latitude, _row.Longitude, _row.Kinds);
        if (isDuplicate != true)
        {
            report.UncheckedForDuplicates += isDuplicate is null ? 1 : 0;
            return false;
        }
        report.Duplicates++;
        report.DuplicatesRemoved += options.RemoveDuplicates ? 1 : 0;
        return options.RemoveDuplicates;
    }

    Rejection Reject(RejectionReason reason)
    {
        (string value, string expected) = rows.Explain(reason);
        return options.Strict
            ? throw new HotspotException(rows.Line.ToString(), $"{reason} ('{value}')", expected,
                "Correct the row, or read without --strict to leave it out and count it.")
            : new Rejection(reason, 1, [rows.Line], value);
    }
}
