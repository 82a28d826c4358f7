using System.Globalization;

namespace HotspotInference.Grids;

/// <summary>
/// The lattice that the latitudes, or the longitudes, of a source sit on: lines at <c>Origin + k * Step</c>. Publishers round
/// coordinates to a number of decimals, or move them to the middle of squares of their own, so as not to give away an address.
/// Immutable, compared by value.
/// </summary>
/// <param name="Step">Distance between neighbouring lines, degrees.</param>
/// <param name="Origin">The line at or next above 0 degrees: 0 for rounded coordinates, half a step for the middles of squares.</param>
/// <param name="Share">Share of the coordinates that sit on the lattice, 0..1.</param>
public sealed partial record AxisLattice(double Step, double Origin, double Share)
{
    /// <summary>Steps below this (about 5 m) do not matter to cells of a city grid: such coordinates count as continuous.</summary>
    public const double MinimumStep = 5e-5;

    /// <summary>A lattice is only believed in when this many of its lines are occupied.</summary>
    public const int MinimumLines = 10;

    // How far from a line, in steps, a coordinate may lie and still be on it. A continuous source has 10% there by chance.
    const double Tolerance = 0.05;

    /// <summary>The coordinate of a line.</summary>
    /// <param name="index">The number of the line, counted from <see cref="Origin"/>.</param>
    public double Line(double index) => Rounded(Origin + index * Step);

    /// <summary>
    /// The position of a coordinate in steps from <see cref="Origin"/>: a whole number on a line, half-way between at .5.
    /// </summary>
    public double IndexOf(double coordinate) => (coordinate - Origin) / Step;

    /// <summary>For example <c>0.001 degree (100.0% of the coordinates)</c>.</summary>
    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{Step} degree ({Share:P1} of the coordinates)");

    bool Contains(double coordinate) => Math.Abs(IndexOf(coordinate) - Math.Round(IndexOf(coordinate))) <= Tolerance;

    double ShareOf(ReadOnlySpan<double> coordinates)
    {
        int on = 0;
        foreach (double coordinate in coordinates)
            on += Contains(coordinate) ? 1 : 0;
        return (double)on / coordinates.Length;
    }

    // To a hundredth of a millimetre: 38.8185, not 38.818500000000004.
    static double Rounded(double degrees) => Math.Round(degrees, 10);
}
