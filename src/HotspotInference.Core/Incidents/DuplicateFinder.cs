namespace HotspotInference.Incidents;

/// <summary>
/// Tells incidents seen before by a 128-bit hash of time, coordinates and kinds: 28 to 56 bytes an incident, and less than one chance in
/// 10^24 that ten million hold a false match. Files are mostly in the order of time, so that one set a day stays in the processor's cache: one set
/// of all would miss it with every row, which took a third of the time of reading.
/// </summary>
sealed class DuplicateFinder
{
    readonly Dictionary<long, HashSet<UInt128>> _days = [];
    HashSet<UInt128> _seen = [];
    long _day = -1;

    /// <summary>Remembers an incident; false where an equal one was there.</summary>
    public bool Add(DateTime time, double latitude, double longitude, KindSet kinds)
    {
        long day = time.Ticks / TimeSpan.TicksPerDay;
        if (day != _day)
        {
            if (!_days.TryGetValue(day, out HashSet<UInt128>? seen))
                _days.Add(day, seen = []);
            (_day, _seen) = (day, seen);
        }
        ulong a = (ulong)time.Ticks, d = (ulong)kinds.Number;
        ulong b = BitConverter.DoubleToUInt64Bits(latitude), c = BitConverter.DoubleToUInt64Bits(longitude);
        return _seen.Add(new UInt128(Hash(0x9e3779b97f4a7c15, a, b, c, d), Hash(0xd1b54a32d192ed03, d, c, b, a)));
    }

    static ulong Hash(ulong seed, ulong a, ulong b, ulong c, ulong d) => Mix(Mix(Mix(Mix(seed ^ a) ^ b) ^ c) ^ d);

    // The finaliser of SplitMix64 (Steele, Lea and Flood 2014): a bijection, so that two inputs that differ in one word never agree.
    static ulong Mix(ulong value)
    {
        value = (value ^ value >> 30) * 0xbf58476d1ce4e5b9;
        value = (value ^ value >> 27) * 0x94d049bb133111eb;
        return value ^ value >> 31;
    }
}
