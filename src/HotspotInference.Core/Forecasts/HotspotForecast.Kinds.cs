using System.Globalization;
using HotspotInference.Forecasts;

namespace HotspotInference;

// Given that there is an incident: of which kind it is.
public sealed partial class HotspotForecast
{
    // Sums of float32 shares are off by less.
    const double SumTolerance = 1e-3;

    /// <summary>
    /// <c>[kind, row, column]</c>: the probability of each kind given an incident in the cell in the period; sums to 1 over kinds. Empty
    /// where the forecaster has no such output.
    /// </summary>
    public ReadOnlyMemory<float> Kind { get; }

    /// <summary>The names of the kinds, in the order of <see cref="Kind"/>; empty without it.</summary>
    public IReadOnlyList<string> Kinds { get; }

    /// <summary>Whether <see cref="Kind"/> is there.</summary>
    public bool HasKind => !Kind.IsEmpty;

    /// <summary>The probability of each kind given an incident in a cell, the most probable first; empty where there is none.</summary>
    /// <param name="row">The row, 0 at the northern edge.</param>
    /// <param name="column">The column, 0 at the western edge.</param>
    /// <exception cref="ArgumentOutOfRangeException">There is no such cell.</exception>
    public IReadOnlyList<KindProbability> KindsOf(int row, int column)
    {
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual((uint)row, (uint)Grid.Rows, nameof(row));
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual((uint)column, (uint)Grid.Columns, nameof(column));
        int cell = row * Grid.Columns + column;
        return [.. Kinds.Select((kind, k) => new KindProbability(kind, Kind.Span[k * Grid.CellCount + cell]))
            .OrderByDescending(kind => kind.Probability)];
    }

    /// <summary>The probability of each kind given an incident at a point, the most probable first; empty where there is none.</summary>
    /// <param name="latitude">WGS84 degrees.</param>
    /// <param name="longitude">WGS84 degrees.</param>
    /// <exception cref="HotspotException">The point is outside the study area.</exception>
    public IReadOnlyList<KindProbability> KindsAt(double latitude, double longitude)
    {
        int cell = Grid.CellOf(latitude, longitude);
        return cell >= 0 ? KindsOf(cell / Grid.Columns, cell % Grid.Columns) : throw Outside(latitude, longitude);
    }

    static void CheckKinds(ReadOnlySpan<float> kind, int kinds, GridSpec grid)
    {
        if (kind.IsEmpty)
            return;
        Guard.Length(kind.Length, kinds * grid.CellCount, "kinds x rows x columns", nameof(kind));
        for (int cell = 0; cell < grid.CellCount; cell++)
        {
            double sum = 0;
            bool isGood = true;
            for (int i = cell; i < kind.Length; i += grid.CellCount)
            {
                sum += kind[i];
                isGood &= kind[i] >= 0;
            }
            if (!isGood || !(Math.Abs(sum - 1) <= SumTolerance))
                throw new HotspotException("kind map", string.Create(CultureInfo.InvariantCulture,
                    $"probabilities that sum to {sum} in row {cell / grid.Columns}, column {cell % grid.Columns}"),
                    "probabilities that sum to 1",
                    "Check the model's output 'kind': features that are not finite make it NaN.");
        }
    }
}
