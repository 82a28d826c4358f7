namespace HotspotInference.Grids;

/// <summary>
/// How a grid lies on the lattice of a source's coordinates, see <see cref="GridSpec.AlignmentOn"/>. Immutable, compared by value.
/// </summary>
/// <param name="Latitude">Rows on the lattice of the latitudes; null where those are continuous.</param>
/// <param name="Longitude">Columns on the lattice of the longitudes; null where those are continuous.</param>
public sealed record GridAlignment(AxisAlignment? Latitude, AxisAlignment? Longitude)
{
    /// <summary>Whether rows or columns alias, so that a user should be warned.</summary>
    public bool IsAliased => Latitude is { IsAliased: true } || Longitude is { IsAliased: true };

    /// <summary>
    /// For example <c>rows: 3.6 lattice steps a cell, so that cells hold 3 to 4 lattice lines; columns: 4 lattice steps a cell, even
    /// cells</c>.
    /// </summary>
    public override string ToString() => $"rows: {Latitude?.ToString() ?? "no lattice"}; columns: {Longitude?.ToString() ?? "no lattice"}";
}
