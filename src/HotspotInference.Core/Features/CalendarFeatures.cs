using System.Globalization;
using System.Runtime.InteropServices;
using HotspotInference.Heatmaps;
using HotspotInference.Periods;

namespace HotspotInference.Features;

/// <summary>Running totals of the city, and the calendar of the target period.</summary>
sealed class CalendarFeatures
{
    static readonly string[] s_weekdays = ["sunday", "monday", "tuesday", "wednesday", "thursday", "friday", "saturday"];

    enum Source { Total, Weekday, YearSine, YearCosine, HourSine, HourCosine }

    readonly Cadence _cadence;
    readonly int _totalClass;
    readonly int _cells;
    // The parameter is the index of a total, a day of the week or the number of a harmonic.
    readonly (Source Source, int Parameter)[] _features;
    readonly double[] _decays;
    readonly double[] _sums;
    readonly double[] _periods;

    public CalendarFeatures(CalendarSpec spec, HeatmapSpec heatmaps)
    {
        _cadence = heatmaps.Cadence;
        // The last class counts every incident once, or is the only one.
        _totalClass = heatmaps.Kinds.Classes.Count - 1;
        _cells = heatmaps.Grid.CellCount;
        var halfLives = new List<double>();
        _features = [.. spec.Features.Select(name => Parse(name, halfLives))];
        _decays = [.. halfLives.Select(halfLife => Math.Pow(0.5, 1 / halfLife))];
        _sums = new double[_decays.Length];
        _periods = new double[_decays.Length];
    }

    public void Append(ReadOnlySpan<HeatmapEntry> entries)
    {
        double total = 0;
        foreach (HeatmapEntry entry in entries)
        {
            if (entry.Index / _cells == _totalClass)
                total += entry.Count;
        }
        for (int i = 0; i < _decays.Length; i++)
        {
            _sums[i] = _sums[i] * _decays[i] + total;
            _periods[i] = _periods[i] * _decays[i] + 1;
        }
    }

    public void CopyTo(long period, Span<float> values)
    {
        DateTime start = _cadence.StartOf(period);
        double year = (start.DayOfYear - 1 + start.TimeOfDay.TotalDays) / (DateTime.IsLeapYear(start.Year) ? 366 : 365);
        double day = start.TimeOfDay.TotalDays;
        for (int i = 0; i < _features.Length; i++)
        {
            (Source source, int parameter) = _features[i];
            values[i] = (float)(source switch
            {
                Source.Total => CalendarSpec.TotalOf(_periods[parameter] > 0 ? _sums[parameter] / _periods[parameter] : 0),
                Source.Weekday => (int)start.DayOfWeek == parameter ? 1 : 0,
                Source.YearSine => Math.Sin(2 * Math.PI * parameter * year),
                Source.YearCosine => Math.Cos(2 * Math.PI * parameter * year),
                Source.HourSine => Math.Sin(2 * Math.PI * parameter * day),
                _ => Math.Cos(2 * Math.PI * parameter * day),
            });
        }
    }

    public void Write(BinaryWriter writer)
    {
        foreach (double[] numbers in (ReadOnlySpan<double[]>)[_sums, _periods])
            writer.Write(MemoryMarshal.AsBytes<double>(numbers));
    }

    public void Read(BinaryReader reader)
    {
        foreach (double[] numbers in (ReadOnlySpan<double[]>)[_sums, _periods])
            reader.BaseStream.ReadExactly(MemoryMarshal.AsBytes(numbers.AsSpan()));
    }

    static (Source, int) Parse(string name, List<double> halfLives)
    {
        int weekday = Array.IndexOf(s_weekdays, name);
        if (weekday >= 0)
            return (Source.Weekday, weekday);
        int underscore = name.LastIndexOf('_');
        string stem = underscore < 0 ? name : name[..underscore];
        if (double.TryParse(name.AsSpan(underscore + 1), NumberStyles.Float, CultureInfo.InvariantCulture, out double parameter)
            && parameter > 0)
        {
            if (stem == "total")
            {
                halfLives.Add(parameter);
                return (Source.Total, halfLives.Count - 1);
            }
            Source? source = stem switch
            {
                "year_sin" => Source.YearSine,
                "year_cos" => Source.YearCosine,
                "hour_sin" => Source.HourSine,
                "hour_cos" => Source.HourCosine,
                _ => null,
            };
            if (source is not null && parameter == Math.Floor(parameter))
                return (source.Value, (int)parameter);
        }
        throw new HotspotException("calendar", $"the feature '{name}'",
            "total_H, monday .. sunday, year_sin_K, year_cos_K, hour_sin_K or hour_cos_K", "Correct the feature specification.");
    }
}
