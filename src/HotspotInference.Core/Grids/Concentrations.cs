namespace HotspotInference.Grids;

/// <summary>
/// Where the incidents of a file, world-wide perhaps, concentrate: cities ranked by their incidents. Time and memory grow with the
/// incidents and the squares they occupy, never with pairs of them. Immutable.
/// </summary>
public sealed class Concentrations
{
    // With its neighbours a square reaches over 15 km, a fair-sized city: small enough to tell towns apart, large enough that sparse
    // ones hang together.
    const double SquareMeters = 5000;

    // The core of a region ends where the density falls below this share of its densest square's, so that suburbs do not chain cities
    // together.
    const double ShareOfPeak = 0.05;

    Concentrations(List<CityConcentration> cities, int total)
    {
        Cities = cities;
        Elsewhere = total - cities.Sum(city => city.Count);
    }

    /// <summary>The concentrations, most incidents first; of equal ones the southern first.</summary>
    public IReadOnlyList<CityConcentration> Cities { get; }

    /// <summary>Incidents in none of them.</summary>
    public int Elsewhere { get; }

    /// <summary>By the place column where at least half of the incidents name a place, else by density.</summary>
    /// <param name="incidents">The incidents; none gives no cities.</param>
    /// <param name="minimumShare">The least share of the incidents for a city to be listed, 0..1.</param>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="minimumShare"/> is out of range.</exception>
    public static Concentrations Find(IReadOnlyList<Incident> incidents, double minimumShare = 0.01)
    {
        ArgumentNullException.ThrowIfNull(incidents);
        int named = 0;
        for (int i = 0; i < incidents.Count; i++)
            named += string.IsNullOrWhiteSpace(incidents[i].Place) ? 0 : 1;
        return 2L * named >= incidents.Count && named > 0 ? ByPlace(incidents, minimumShare) : ByDensity(incidents, minimumShare);
    }

    /// <summary>
    /// By the place that the source names; letter case and surrounding spaces make no difference. Incidents without a place are elsewhere.
    /// </summary>
    /// <param name="incidents">The incidents; none gives no cities.</param>
    /// <param name="minimumShare">The least share of the incidents for a city to be listed, 0..1.</param>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="minimumShare"/> is out of range.</exception>
    public static Concentrations ByPlace(IReadOnlyList<Incident> incidents, double minimumShare = 0.01)
    {
        ThrowIfNoShare(incidents, minimumShare);
        var places = new Dictionary<string, Tally>(StringComparer.OrdinalIgnoreCase);
        for (int i = 0; i < incidents.Count; i++)
        {
            string? name = incidents[i].Place?.Trim();
            if (string.IsNullOrEmpty(name))
                continue;
            if (!places.TryGetValue(name, out Tally? tally))
                places.Add(name, tally = new Tally(name));
            tally.Add(incidents[i]);
        }
        return Rank(places.Values, incidents.Count, minimumShare);
    }

    /// <summary>
    /// By density. The globe is cut into squares of 5 km (rows of equal height, each cut into columns as wide at its middle latitude), and
    /// the density of a square is the count of it and its neighbours. From the densest square not yet taken, a region takes in neighbour
    /// after neighbour that is not taken and has at least 5% of the first one's density: its core. Around the core it takes in the
    /// outskirts, as far as the density falls from square to square. The 180th meridian cuts a region in two.
    /// </summary>
    /// <param name="incidents">The incidents; none gives no cities.</param>
    /// <param name="minimumShare">The least share of the incidents for a region to be listed, 0..1.</param>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="minimumShare"/> is out of range.</exception>
    public static Concentrations ByDensity(IReadOnlyList<Incident> incidents, double minimumShare = 0.01)
    {
        ThrowIfNoShare(incidents, minimumShare);
        var counts = new Dictionary<GlobeSquare, int>();
        for (int i = 0; i < incidents.Count; i++)
        {
            var square = GlobeSquare.Of(incidents[i].Latitude, incidents[i].Longitude, SquareMeters);
            counts[square] = counts.GetValueOrDefault(square) + 1;
        }
        Dictionary<GlobeSquare, Tally> regions = Regions(counts);
        for (int i = 0; i < incidents.Count; i++)
            regions[GlobeSquare.Of(incidents[i].Latitude, incidents[i].Longitude, SquareMeters)].Add(incidents[i]);
        return Rank(regions.Values.Distinct(), incidents.Count, minimumShare);
    }

    static Dictionary<GlobeSquare, Tally> Regions(Dictionary<GlobeSquare, int> counts)
    {
        var density = counts.Keys.ToDictionary(square => square, square =>
            (long)counts[square] + square.Neighbours(SquareMeters).Sum(neighbour => counts.GetValueOrDefault(neighbour)));
        var regions = new Dictionary<GlobeSquare, Tally>(counts.Count);
        var reached = new Queue<GlobeSquare>();
        foreach (GlobeSquare peak in counts.Keys
            .OrderByDescending(square => density[square]).ThenBy(square => square.Row).ThenBy(square => square.Column))
        {
            var region = new Tally(null);
            if (!regions.TryAdd(peak, region))
                continue;
            double core = ShareOfPeak * density[peak];
            reached.Enqueue(peak);
            while (reached.TryDequeue(out GlobeSquare square))
            {
                foreach (GlobeSquare neighbour in square.Neighbours(SquareMeters))
                {
                    // Outskirts must not climb again: beyond them lies the next town.
                    if (density.TryGetValue(neighbour, out long count)
                        && (Math.Min(count, density[square]) >= core || count < density[square])
                        && regions.TryAdd(neighbour, region))
                        reached.Enqueue(neighbour);
                }
            }
        }
        return regions;
    }

    static Concentrations Rank(IEnumerable<Tally> tallies, int total, double minimumShare) => new(
        [.. tallies.Where(tally => tally.Count >= minimumShare * total).Select(tally => tally.ToCity(total))
            .OrderByDescending(city => city.Count).ThenBy(city => city.Latitude).ThenBy(city => city.Longitude)],
        total);

    static void ThrowIfNoShare(IReadOnlyList<Incident> incidents, double minimumShare)
    {
        ArgumentNullException.ThrowIfNull(incidents);
        if (!(minimumShare is >= 0 and <= 1))
            throw new ArgumentOutOfRangeException(nameof(minimumShare), minimumShare, "Expected a share from 0 to 1.");
    }

    sealed class Tally(string? name)
    {
        const double LeastHalfSide = 0.0005;

        double _latitudes, _longitudes;
        double _south = double.PositiveInfinity, _west = double.PositiveInfinity;
        double _north = double.NegativeInfinity, _east = double.NegativeInfinity;

        internal int Count { get; private set; }

        internal void Add(in Incident incident)
        {
            Count++;
            _latitudes += incident.Latitude;
            _longitudes += incident.Longitude;
            _south = Math.Min(_south, incident.Latitude);
            _north = Math.Max(_north, incident.Latitude);
            _west = Math.Min(_west, incident.Longitude);
            _east = Math.Max(_east, incident.Longitude);
        }

        internal CityConcentration ToCity(int total)
        {
            (double south, double north) = Widened(_south, _north, 90);
            (double west, double east) = Widened(_west, _east, 180);
            return new CityConcentration(
                name, _latitudes / Count, _longitudes / Count, new GeoBounds(south, west, north, east), Count, (double)Count / total);
        }

        static (double Low, double High) Widened(double low, double high, double limit)
        {
            double middle = Math.Clamp((low + high) / 2, -limit + LeastHalfSide, limit - LeastHalfSide);
            return (Math.Min(low, middle - LeastHalfSide), Math.Max(high, middle + LeastHalfSide));
        }
    }
}
