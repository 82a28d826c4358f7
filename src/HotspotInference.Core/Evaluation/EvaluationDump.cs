using System.Globalization;
using System.Text.Json;
using HotspotInference.Periods;

namespace HotspotInference.Evaluation;

/// <summary>
/// Writes what an independent scorer needs into a folder: <c>risk.npy</c> and <c>actual.npy</c> (float32
/// <c>[period, class, row, column]</c>), <c>periods.csv</c> (<c>index,start,scored</c>: ISO local start, 0 or 1) and
/// <c>grid.json</c>; also <c>active.npy</c> (float32 <c>[1, class, row, column]</c>, 1 in active cells) where they are given. Files of
/// those names are replaced; they are complete once it is disposed. Not thread-safe.
/// </summary>
public sealed class EvaluationDump : IDisposable
{
    readonly NpyWriter _risk;
    readonly NpyWriter _actual;
    readonly StreamWriter _periods;
    int _count;

    /// <summary>Begins a dump.</summary>
    /// <param name="folder">The folder; created where it is missing.</param>
    /// <param name="grid">The study area and its cells.</param>
    /// <param name="classes">The class names, in the order of the maps.</param>
    /// <param name="cadence">The length of a period.</param>
    /// <param name="timeZone">IANA name of the study area's time zone; empty where it is not known.</param>
    /// <param name="activeCells">
    /// <c>[class, row, column]</c>: the cells of <see cref="ActiveCells"/>; empty for no <c>active.npy</c>.
    /// </param>
    /// <exception cref="ArgumentException"><paramref name="activeCells"/> has another length.</exception>
    /// <exception cref="IOException">The folder or a file cannot be written.</exception>
    public EvaluationDump(string folder, GridSpec grid, IReadOnlyList<string> classes, Cadence cadence, string timeZone,
        ReadOnlySpan<bool> activeCells = default)
    {
        ArgumentException.ThrowIfNullOrEmpty(folder);
        ArgumentNullException.ThrowIfNull(grid);
        ArgumentNullException.ThrowIfNull(classes);
        Directory.CreateDirectory(folder);
        using (FileStream stream = File.Create(Path.Combine(folder, "grid.json")))
        {
            var document = new DumpGrid(grid.Bounds.South, grid.Bounds.West, grid.Bounds.North, grid.Bounds.East, grid.Rows, grid.Columns,
                cadence.ToString(), timeZone, classes);
            JsonSerializer.Serialize(stream, document, EvaluationJson.Default.DumpGrid);
        }
        int[] shape = [classes.Count, grid.Rows, grid.Columns];
        if (!activeCells.IsEmpty)
        {
            using var active = new NpyWriter(File.Create(Path.Combine(folder, "active.npy")), shape);
            active.Write(Array.ConvertAll(activeCells.ToArray(), isActive => isActive ? 1f : 0f));
        }
        _risk = new NpyWriter(File.Create(Path.Combine(folder, "risk.npy")), shape);
        _actual = new NpyWriter(File.Create(Path.Combine(folder, "actual.npy")), shape);
        _periods = new StreamWriter(Path.Combine(folder, "periods.csv")) { NewLine = "\n" };
        _periods.WriteLine("index,start,scored");
    }

    /// <summary>Appends one period.</summary>
    /// <param name="start">Wall-clock start.</param>
    /// <param name="scored">Whether the period is scored.</param>
    /// <param name="risk"><c>[class, row, column]</c>: the forecast.</param>
    /// <param name="actual"><c>[class, row, column]</c>: how many incidents there were.</param>
    /// <exception cref="ArgumentException">A span has another length.</exception>
    public void Add(DateTime start, bool scored, ReadOnlySpan<float> risk, ReadOnlySpan<float> actual)
    {
        _risk.Write(risk);
        _actual.Write(actual);
        _periods.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{_count++},{start:yyyy-MM-ddTHH:mm:ss},{(scored ? 1 : 0)}"));
    }

    /// <summary>Completes the files.</summary>
    public void Dispose()
    {
        _risk.Dispose();
        _actual.Dispose();
        _periods.Dispose();
    }
}
