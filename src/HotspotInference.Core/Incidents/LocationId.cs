namespace HotspotInference.Incidents;

/// <summary>
/// One number for a place, after the ShotSpotter report: the latitude's bits shifted left by 16, joined with the longitude's.
/// </summary>
/// <remarks>
/// <para>The report does not say which bits. Here they are the 32 of the IEEE 754 single nearest to each coordinate (sign, exponent and
/// fraction), joined by exclusive or, so the result has 48 bits: <c>(bits(latitude) &lt;&lt; 16) ^ bits(longitude)</c>.</para>
/// <para>The upper half of the longitude's bits lies over the lower half of the latitude's. Two places collide exactly where the lower 16
/// bits of their longitudes agree and what differs in the upper 16 is what differs in the lower 16 of their latitudes. Longitudes
/// whose lower halves agree are a multiple of 65,536 steps of a single apart: 1 degree beyond 128 degrees east or west, 0.5 degree from
/// 64, 0.25 degree from 32, and half of that for every further halving. So within a narrower city ids are unique: Washington and Chicago
/// span 0.15 and 0.4 degree at 77 and 88 degrees west. Near Greenwich they are not: (51.5, 0.1) and a point 34 m to the east of it share
/// one. Points that round to the same singles, less than a metre apart, are one place. +0.0 and -0.0 are told apart.</para>
/// </remarks>
public static class LocationId
{
    /// <summary>The id of a place.</summary>
    /// <param name="latitude">Degrees.</param>
    /// <param name="longitude">Degrees.</param>
    /// <returns>0 to 2^48 - 1.</returns>
    public static long Of(double latitude, double longitude) =>
        (long)BitConverter.SingleToUInt32Bits((float)latitude) << 16 ^ BitConverter.SingleToUInt32Bits((float)longitude);
}
