using HotspotInference.Grids;

namespace HotspotInference.Simulation;

/// <summary>
/// Metres east and north of the middle of an area: an equirectangular plane, in which the cells of every grid are rectangles.
/// </summary>
readonly struct LocalPlane(GeoBounds bounds)
{
    readonly double _latitude = (bounds.South + bounds.North) / 2;
    readonly double _longitude = (bounds.West + bounds.East) / 2;
    readonly double _metersPerDegreeLongitude = GeoBounds.MetersPerDegreeLongitude((bounds.South + bounds.North) / 2);

    public double EastOf(double longitude) => (longitude - _longitude) * _metersPerDegreeLongitude;

    public double NorthOf(double latitude) => (latitude - _latitude) * GeoBounds.MetersPerDegreeLatitude;

    public double Longitude(double east) => _longitude + east / _metersPerDegreeLongitude;

    public double Latitude(double north) => _latitude + north / GeoBounds.MetersPerDegreeLatitude;
}
