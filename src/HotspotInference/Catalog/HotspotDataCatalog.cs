using HotspotInference.Incidents;
using HotspotInference.Pipelines;
using Microsoft.ML;

namespace HotspotInference;

/// <summary>Incidents as data of ML.NET: <c>ml.Data.LoadIncidents(...)</c>.</summary>
public static class HotspotDataCatalog
{
    /// <summary>Reads the incidents of a file, row by row, whenever the view is read.</summary>
    /// <param name="catalog">The catalog.</param>
    /// <param name="path">Path of a <c>.csv</c> or <c>.csv.gz</c> file.</param>
    /// <param name="options">How to read; null for the defaults.</param>
    /// <exception cref="ArgumentException">The path is empty.</exception>
    /// <exception cref="HotspotException">
    /// The options contradict each other. What is wrong with the file is said when it is read.
    /// </exception>
    public static IncidentDataView LoadIncidents(this DataOperationsCatalog catalog, string path, IncidentReaderOptions? options = null) =>
        LoadIncidents(catalog, [path], options);

    /// <summary>Reads the incidents of several files, one after the other.</summary>
    /// <inheritdoc cref="LoadIncidents(DataOperationsCatalog, string, IncidentReaderOptions?)"/>
    /// <param name="catalog">The catalog.</param>
    /// <param name="paths">Paths of <c>.csv</c> or <c>.csv.gz</c> files.</param>
    /// <param name="options">How to read; null for the defaults.</param>
    public static IncidentDataView LoadIncidents(this DataOperationsCatalog catalog, IEnumerable<string> paths,
        IncidentReaderOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(catalog);
        return new IncidentDataView(paths, options);
    }
}
