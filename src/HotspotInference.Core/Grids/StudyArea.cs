using System.Globalization;

namespace HotspotInference.Grids;

/// <summary>
/// A rectangle chosen to hold the incidents that matter, and what it leaves out. Immutable, compared by value.
/// </summary>
/// <param name="Bounds">The rectangle.</param>
/// <param name="Count">Incidents inside or on an edge.</param>
/// <param name="Lost">Incidents outside.</param>
public sealed record StudyArea(GeoBounds Bounds, int Count, int Lost)
{
    /// <summary>Fine rows and columns that <see cref="ByEdgeRule"/> and <see cref="ByMaximumLoss"/> divide a rectangle into.</summary>
    public const int DefaultDivision = 100;

    /// <summary>Share of the incidents that lie outside, 0..1.</summary>
    public double LostShare => (double)Lost / (Count + Lost);

    /// <summary>The smallest rectangle around all incidents.</summary>
    /// <param name="incidents">The incidents.</param>
    /// <exception cref="HotspotException">
    /// There are none, or they lie on one point or one parallel or meridian, which is no area.
    /// </exception>
    public static StudyArea Whole(IReadOnlyList<Incident> incidents) => Measure(BoundsOf(incidents), incidents);

    /// <summary>
    /// The rule of Omdena's article: the smallest rectangle around all incidents is divided finely, and outer rows and columns that hold
    /// fewer than a number of incidents are cut, again and again, until all four hold enough.
    /// </summary>
    /// <remarks>
    /// The order of the cuts does not matter: what is too sparse at the edge of a rectangle is too sparse in every smaller one, so that the
    /// result is the largest rectangle of the division whose four outer lines all hold enough.
    /// </remarks>
    /// <param name="incidents">The incidents.</param>
    /// <param name="minimumPerLine">Incidents that an outer row or column must hold, at least 1.</param>
    /// <param name="division">Fine rows and columns, 2..4096.</param>
    /// <exception cref="HotspotException">There are no incidents, they lie on one point, parallel or meridian, or no row or column holds
    /// enough.</exception>
    /// <exception cref="ArgumentOutOfRangeException">A number is out of range.</exception>
    public static StudyArea ByEdgeRule(IReadOnlyList<Incident> incidents, int minimumPerLine, int division = DefaultDivision)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(minimumPerLine, 1);
        ThrowIfNoDivision(division);
        var trimmer = new EdgeTrimmer(new GridSpec(BoundsOf(incidents), division, division), incidents);
        bool cut;
        do
        {
            cut = false;
            foreach (EdgeTrimmer.Side side in EdgeTrimmer.Sides)
            {
                if (trimmer.Lines(side) == 1 || trimmer.CountAt(side, 1) >= minimumPerLine)
                    continue;
                trimmer.Cut(side, 1);
                cut = true;
            }
        } while (cut);
        return trimmer.Count >= minimumPerLine
            ? Measure(trimmer.Bounds, incidents)
            : throw new HotspotException("study area", "every outer row or column was cut",
                string.Create(CultureInfo.InvariantCulture, $"some with {minimumPerLine} of the {incidents.Count} incidents"),
                "Ask for fewer incidents an edge row, or a coarser division.");
    }

    /// <summary>
    /// A small rectangle that loses at most a share of the incidents. The smallest rectangle around the incidents is divided finely. Of all
    /// strips of one or more rows or columns along one of its sides that the allowance covers, the one with the fewest incidents for its
    /// area is cut (ties: south, north, west, east, then the narrower), until the allowance covers none. The rectangle then shrinks to the
    /// incidents left and is divided anew, until nothing more can be cut. Greedy: the smallest such rectangle of all can be smaller.
    /// </summary>
    /// <param name="incidents">The incidents.</param>
    /// <param name="maximumLostShare">The share that may be lost, 0 up to but not 1: 0.01 for 1%.</param>
    /// <param name="division">Fine rows and columns, 2..4096.</param>
    /// <exception cref="HotspotException">There are no incidents, or those left lie on one point, parallel or meridian.</exception>
    /// <exception cref="ArgumentOutOfRangeException">A number is out of range.</exception>
    public static StudyArea ByMaximumLoss(IReadOnlyList<Incident> incidents, double maximumLostShare, int division = DefaultDivision)
    {
        if (!(maximumLostShare is >= 0 and < 1))
            throw new ArgumentOutOfRangeException(nameof(maximumLostShare), maximumLostShare, "Expected a share from 0 up to but not 1.");
        ThrowIfNoDivision(division);
        GeoBounds bounds = BoundsOf(incidents);
        // 1% of 300 is 3, though 0.01 * 300 may come out below.
        int allowance = (int)Math.Floor(incidents.Count * maximumLostShare + 1e-9);
        IReadOnlyList<Incident> kept = incidents;
        while (true)
        {
            var trimmer = new EdgeTrimmer(new GridSpec(bounds, division, division), kept);
            int before = trimmer.Count;
            while (SparsestStrip(trimmer, allowance - (before - trimmer.Count)) is var (side, lines) && lines > 0)
                trimmer.Cut(side, lines);
            if (trimmer.Count == before)
                return Measure(bounds, incidents);
            allowance -= before - trimmer.Count;
            kept = trimmer.Kept(kept);
            bounds = BoundsOf(kept);
        }
    }

    /// <summary>
    /// From the lower to the upper quantile of the latitudes and of the longitudes, each axis by itself, with linear interpolation between
    /// neighbours as numpy.quantile does by default.
    /// </summary>
    /// <param name="incidents">The incidents.</param>
    /// <param name="lower">The lower quantile, 0..1, below <paramref name="upper"/>: 0.005, say.</param>
    /// <param name="upper">The upper quantile, 0..1: 0.995, say.</param>
    /// <exception cref="HotspotException">There are no incidents, or the quantiles of an axis are equal.</exception>
    /// <exception cref="ArgumentOutOfRangeException">A quantile is out of range.</exception>
    public static StudyArea ByQuantiles(IReadOnlyList<Incident> incidents, double lower, double upper)
    {
        ThrowIfEmpty(incidents);
        if (!(lower >= 0 && lower < upper && upper <= 1))
        {
            throw new ArgumentOutOfRangeException(nameof(lower), lower,
                string.Create(CultureInfo.InvariantCulture, $"Expected 0 <= lower < upper <= 1; upper is {upper}."));
        }
        var axis = new double[incidents.Count];
        for (int i = 0; i < axis.Length; i++)
            axis[i] = incidents[i].Latitude;
        (double south, double north) = Quantiles(axis);
        for (int i = 0; i < axis.Length; i++)
            axis[i] = incidents[i].Longitude;
        (double west, double east) = Quantiles(axis);
        return Measure(Rectangle(south, west, north, east, incidents.Count), incidents);

        (double, double) Quantiles(double[] values)
        {
            Array.Sort(values);
            return (Quantile(values, lower), Quantile(values, upper));
        }
    }

    /// <summary>For example <c>38.8,-77.1,39,-76.9 holding 69093 incidents, 186 (0.27%) outside</c>.</summary>
    public override string ToString() => string.Create(CultureInfo.InvariantCulture,
        $"{Bounds} holding {Count} incidents, {Lost} ({LostShare:0.##%}) outside");

    static (EdgeTrimmer.Side Side, int Lines) SparsestStrip(EdgeTrimmer trimmer, int maximumCount)
    {
        (EdgeTrimmer.Side, int) sparsest = default;
        double least = double.PositiveInfinity;
        foreach (EdgeTrimmer.Side side in EdgeTrimmer.Sides)
        {
            int across = trimmer.Lines(side);
            for (int lines = 1; lines < across && trimmer.CountAt(side, lines) is int count && count <= maximumCount; lines++)
            {
                // Incidents for each share of the area, which all lines across a side divide evenly.
                double density = (double)count * across / lines;
                if (density < least)
                    (sparsest, least) = ((side, lines), density);
            }
        }
        return sparsest;
    }

    static double Quantile(double[] sorted, double quantile)
    {
        double position = quantile * (sorted.Length - 1);
        int below = (int)position;
        int above = Math.Min(below + 1, sorted.Length - 1);
        return sorted[below] + (position - below) * (sorted[above] - sorted[below]);
    }

    static StudyArea Measure(GeoBounds bounds, IReadOnlyList<Incident> incidents)
    {
        int inside = 0;
        for (int i = 0; i < incidents.Count; i++)
            inside += bounds.Contains(incidents[i].Latitude, incidents[i].Longitude) ? 1 : 0;
        return new StudyArea(bounds, inside, incidents.Count - inside);
    }

    static GeoBounds BoundsOf(IReadOnlyList<Incident> incidents)
    {
        ThrowIfEmpty(incidents);
        double south = double.PositiveInfinity, west = south, north = double.NegativeInfinity, east = north;
        for (int i = 0; i < incidents.Count; i++)
        {
            (double latitude, double longitude) = (incidents[i].Latitude, incidents[i].Longitude);
            south = Math.Min(south, latitude);
            north = Math.Max(north, latitude);
            west = Math.Min(west, longitude);
            east = Math.Max(east, longitude);
        }
        return Rectangle(south, west, north, east, incidents.Count);
    }

    static GeoBounds Rectangle(double south, double west, double north, double east, int count) => south == north || west == east
        ? throw new HotspotException("study area",
            string.Create(CultureInfo.InvariantCulture, $"{count} incidents between {south},{west} and {north},{east}"),
            "incidents spread over more than one latitude and one longitude", "Give the area as south,west,north,east.")
        : new GeoBounds(south, west, north, east);

    static void ThrowIfEmpty(IReadOnlyList<Incident> incidents)
    {
        ArgumentNullException.ThrowIfNull(incidents);
        if (incidents.Count == 0)
        {
            throw new HotspotException("study area", "no incidents", "at least two",
                "Check the file and the filters, or give the area as south,west,north,east.");
        }
    }

    static void ThrowIfNoDivision(int division)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(division, 2);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(division, GridSpec.MaximumSide);
    }
}
