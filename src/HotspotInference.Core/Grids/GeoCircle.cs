using System.Globalization;

namespace HotspotInference.Grids;

/// <summary>All points within a distance of a centre: what <c>--near</c> selects. Immutable, compared by value.</summary>
public readonly record struct GeoCircle
{
    // Mean radius of the WGS84 ellipsoid, (2a + b) / 3.
    const double EarthRadiusMeters = 6_371_008.8;

    /// <summary>A circle on the globe.</summary>
    /// <param name="latitude">The centre, -90..90 degrees.</param>
    /// <param name="longitude">The centre, -180..180 degrees.</param>
    /// <param name="radiusMeters">The radius in metres, above 0.</param>
    /// <exception cref="HotspotException">A value is out of range or not a number.</exception>
    public GeoCircle(double latitude, double longitude, double radiusMeters)
    {
        if (!(latitude is >= -90 and <= 90 && longitude is >= -180 and <= 180 && radiusMeters > 0 && double.IsFinite(radiusMeters)))
            throw new HotspotException("circle", string.Create(CultureInfo.InvariantCulture, $"{latitude},{longitude},{radiusMeters}"),
                "latitude -90..90, longitude -180..180 and a radius above 0 metres", "Example: 38.9,-77.0,15000.");
        Latitude = latitude;
        Longitude = longitude;
        RadiusMeters = radiusMeters;
    }

    /// <summary>Latitude of the centre, degrees.</summary>
    public double Latitude { get; }

    /// <summary>Longitude of the centre, degrees.</summary>
    public double Longitude { get; }

    /// <summary>Radius in metres.</summary>
    public double RadiusMeters { get; }

    /// <summary>Whether a point lies within the radius, the circle itself included.</summary>
    public bool Contains(double latitude, double longitude) => DistanceMeters(Latitude, Longitude, latitude, longitude) <= RadiusMeters;

    /// <summary>The incidents within the radius, in their order.</summary>
    public List<Incident> Select(IReadOnlyList<Incident> incidents)
    {
        ArgumentNullException.ThrowIfNull(incidents);
        var selected = new List<Incident>();
        for (int i = 0; i < incidents.Count; i++)
        {
            if (Contains(incidents[i].Latitude, incidents[i].Longitude))
                selected.Add(incidents[i]);
        }
        return selected;
    }

    /// <summary>
    /// Great-circle distance in metres between two points in degrees by the haversine formula (R. W. Sinnott, "Virtues of the Haversine",
    /// Sky and Telescope 68, 1984) on a sphere of the Earth's mean radius: within 0.6% of the ellipsoid.
    /// </summary>
    public static double DistanceMeters(double latitude1, double longitude1, double latitude2, double longitude2)
    {
        const double Radian = Math.PI / 180;
        double sinLatitude = Math.Sin((latitude2 - latitude1) * Radian / 2),
            sinLongitude = Math.Sin((longitude2 - longitude1) * Radian / 2);
        double haversine = sinLatitude * sinLatitude
            + Math.Cos(latitude1 * Radian) * Math.Cos(latitude2 * Radian) * sinLongitude * sinLongitude;
        return 2 * EarthRadiusMeters * Math.Asin(Math.Sqrt(Math.Min(1, haversine)));
    }

    /// <summary>Reads <c>latitude,longitude,radius</c> in degrees and metres.</summary>
    /// <exception cref="HotspotException">The text is not three such numbers.</exception>
    public static GeoCircle Parse(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        string[] parts = text.Split(',', StringSplitOptions.TrimEntries);
        Span<double> values = stackalloc double[3];
        bool valid = parts.Length == 3;
        for (int i = 0; valid && i < 3; i++)
            valid = double.TryParse(parts[i], NumberStyles.Float, CultureInfo.InvariantCulture, out values[i]);
        return valid
            ? new GeoCircle(values[0], values[1], values[2])
            : throw new HotspotException("circle", $"'{text}'", "three numbers latitude,longitude,radius in degrees and metres",
                "Example: 38.9,-77.0,15000.");
    }

    /// <summary>The circle as <c>latitude,longitude,radius</c>, readable by <see cref="Parse"/>.</summary>
    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{Latitude},{Longitude},{RadiusMeters}");
}
