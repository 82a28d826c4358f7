using System.Globalization;

namespace HotspotInference.Grids;

/// <summary>One axis of a suggested grid: equal cells from one edge to the other, in degrees, and why they are so.</summary>
/// <param name="Low">The southern or western edge.</param>
/// <param name="High">The northern or eastern edge.</param>
/// <param name="Cells">Number of cells.</param>
/// <param name="Steps">Lattice steps a cell; null where the coordinates are continuous.</param>
/// <param name="Reason">Why, in words.</param>
readonly record struct AxisDivision(double Low, double High, int Cells, int? Steps, string Reason)
{
    /// <summary>Cells of a given size; the axis grows evenly to both sides to hold a whole number of them.</summary>
    internal static AxisDivision BySize(string axis, double low, double high, double size)
    {
        // A hair's breadth over a whole number is floating-point error, not the need for another cell.
        double cells = Math.Max(1, Math.Ceiling((high - low) / size - 1e-9));
        if (cells > GridSpec.MaximumSide)
            throw TooMany(axis, cells);
        double growth = (cells * size - (high - low)) / 2;
        return new AxisDivision(low - growth, high + growth, (int)cells, null, string.Create(CultureInfo.InvariantCulture,
            $"{axis}: coordinates are continuous, so cells have the size asked for; ")
            + string.Create(CultureInfo.InvariantCulture,
                $"the area grew by {growth:0.#####} degree at either end to hold a whole number"));
    }

    /// <summary>A given number of cells over exactly the given axis.</summary>
    internal static AxisDivision ByCount(string axis, double low, double high, int cells) =>
        new(low, high, cells, null, $"{axis}: coordinates are continuous, so the area is divided as asked");

    /// <summary>
    /// Cells of whole lattice steps, edges midway between lines, that cover every line in the axis. A surplus of lines is shared
    /// between both ends; an odd one goes to the high end.
    /// </summary>
    /// <param name="axis">Rows or columns, for messages.</param>
    /// <param name="low">The southern or western edge to cover.</param>
    /// <param name="high">The northern or eastern edge to cover.</param>
    /// <param name="lattice">The lattice.</param>
    /// <param name="steps">Lattice steps a cell, at least 1; null for as few as make <paramref name="cells"/> cells cover the axis.</param>
    /// <param name="cells">Number of cells; null for as few as cover the axis.</param>
    internal static AxisDivision OnLattice(string axis, double low, double high, AxisLattice lattice, int? steps, int? cells)
    {
        // An edge that runs through a line, up to floating-point error, takes the line in.
        double first = Math.Ceiling(lattice.IndexOf(low) - 1e-6), last = Math.Floor(lattice.IndexOf(high) + 1e-6);
        double lines = last - first + 1;
        if (lines < 1)
        {
            throw new HotspotException("study area",
                string.Create(CultureInfo.InvariantCulture, $"{axis} from {low} to {high}"),
                string.Create(CultureInfo.InvariantCulture, $"at least one line of the coordinates' lattice of {lattice.Step} degree"),
                "Widen the area.");
        }
        int perCell = steps ?? (int)Math.Ceiling(lines / cells!.Value);
        double count = cells ?? Math.Ceiling(lines / perCell);
        if (count > GridSpec.MaximumSide)
            throw TooMany(axis, count);
        double surplus = count * perCell - lines, start = first - Math.Floor(surplus / 2) - 0.5;
        return new AxisDivision(lattice.Line(start), lattice.Line(start + count * perCell), (int)count, perCell,
            string.Create(CultureInfo.InvariantCulture, $"{axis}: coordinates sit on a lattice of {lattice.Step} degree, ")
            + string.Create(CultureInfo.InvariantCulture,
                $"so cells are {perCell} whole steps ({perCell * lattice.Step:0.#######} degree): ")
            + "none gets more lattice lines than another. Edges lie midway between lines, so that rounding decides nothing"
            + (surplus > 0 ? $"; {surplus:0} lines outside the area were taken in to fill the last cells" : ""));
    }

    static HotspotException TooMany(string axis, double cells) => new("grid",
        string.Create(CultureInfo.InvariantCulture, $"{cells:0} {axis}"), $"1 to {GridSpec.MaximumSide} rows and columns",
        "Ask for larger cells or a smaller area.");
}
