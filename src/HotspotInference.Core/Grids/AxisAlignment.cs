using System.Globalization;

namespace HotspotInference.Grids;

/// <summary>How the rows, or the columns, of a grid lie on a lattice of coordinates. Immutable, compared by value.</summary>
/// <param name="StepsPerCell">Lattice steps across a cell.</param>
/// <param name="FewestLines">Lattice lines in the cell that holds fewest.</param>
/// <param name="MostLines">Lattice lines in the cell that holds most: with more than <paramref name="FewestLines"/> some cells get more
/// incidents for no reason but their place.</param>
/// <param name="EdgeClearance">Distance from an edge to the nearest line, in steps, of the edge that comes nearest: 0 through a line,
/// 0.5 midway for every edge. At 0 it is a matter of rounding on which side an incident is placed.</param>
public sealed record AxisAlignment(double StepsPerCell, int FewestLines, int MostLines, double EdgeClearance)
{
    // Placement errs by floating point and by the digits of the source, both far below this share of a step.
    const double MinimumClearance = 0.01;

    // Aliasing of less than one line in twenty is not worth a warning: cells are then 20 lines wide.
    const double NegligibleShare = 0.05;

    /// <summary>Whether cells differ in how many lines they hold, by more than 5%.</summary>
    public bool IsUneven => MostLines - FewestLines > NegligibleShare * StepsPerCell;

    /// <summary>Whether an edge runs through a line that is more than 5% of a cell's.</summary>
    public bool CutsLines => EdgeClearance < MinimumClearance && NegligibleShare * StepsPerCell < 1;

    /// <summary>Whether the grid aliases: <see cref="IsUneven"/> or <see cref="CutsLines"/>.</summary>
    public bool IsAliased => IsUneven || CutsLines;

    /// <summary>What is wrong, and what is right: one clause for a report or a warning.</summary>
    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{StepsPerCell:0.###} lattice steps a cell, ")
        + (IsUneven
            ? string.Create(CultureInfo.InvariantCulture, $"so that cells hold {FewestLines} to {MostLines} lattice lines")
            : "even cells")
        + (CutsLines ? ", edges through lattice lines" : "");

    /// <summary>Compares the edges of equal cells with a lattice.</summary>
    internal static AxisAlignment Of(double low, double high, int cells, AxisLattice lattice)
    {
        double first = lattice.IndexOf(low), steps = (lattice.IndexOf(high) - first) / cells;
        int fewest = int.MaxValue, most = 0;
        double clearance = 0.5;
        for (int edge = 0; edge <= cells; edge++)
        {
            double position = first + steps * edge;
            clearance = Math.Min(clearance, Math.Abs(position - Math.Round(position)));
            if (edge == cells)
                break;
            int lines = (int)(Math.Ceiling(position + steps) - Math.Ceiling(position));
            fewest = Math.Min(fewest, lines);
            most = Math.Max(most, lines);
        }
        return new AxisAlignment(steps, fewest, most, clearance);
    }
}
