namespace HotspotInference.Incidents;

/// <summary>Tells incidents seen before by a 64-bit hash of time, coordinates and kinds, one set a day.</summary>
/// <remarks>
/// Two different incidents of one day are taken for equal with one chance in 2^64: any of ten million in two years with one in 270 million,
/// any of ten million in one day with one in 370,000. Files are mostly in the order of time, so that the set of a day stays in the
/// processor's cache; one set of all would miss it with every row.
/// </remarks>
/// <param name="days">How many days are remembered, those that rows were of last; null for all.</param>
sealed class DuplicateFinder(int? days)
{
    // A day is null once it is forgotten: what it held cannot be told any more.
    readonly Dictionary<long, Day?> _days = [];
    readonly List<Day> _remembered = [];
    Day? _current;
    long _day = -1, _uses, _incidents;

    sealed class Day(long number, int capacity)
    {
        public long Number { get; set; } = number;

        public HashBag Hashes { get; } = new(capacity);

        public long LastUse { get; set; }
    }

    /// <summary>Remembers an incident.</summary>
    /// <returns>True where an equal one was there, false where none was, null where its day is not remembered.</returns>
    public bool? Find(DateTime time, double latitude, double longitude, KindSet kinds)
    {
        long day = time.Ticks / TimeSpan.TicksPerDay;
        if (day != _day)
        {
            _current = Switch(day);
            _day = day;
        }
        if (_current is not { } current)
            return null;
        ulong hash = Mix(0x9e3779b97f4a7c15 ^ (ulong)time.Ticks);
        hash = Mix(hash ^ BitConverter.DoubleToUInt64Bits(latitude));
        hash = Mix(hash ^ BitConverter.DoubleToUInt64Bits(longitude));
        hash = Mix(hash ^ (ulong)kinds.Number);
        if (!current.Hashes.Add(hash))
            return true;
        _incidents++;
        return false;
    }

    Day? Switch(long number)
    {
        if (!_days.TryGetValue(number, out Day? day))
            _days.Add(number, day = Remember(number));
        if (day is not null)
            day.LastUse = ++_uses;
        return day;
    }

    Day? Remember(long number)
    {
        Day day;
        if (days is { } limit && _remembered.Count >= limit)
        {
            if (limit == 0)
                return null;
            day = _remembered.MinBy(one => one.LastUse)!;
            _days[day.Number] = null;
            day.Number = number;
            day.Hashes.Clear();
            return day;
        }
        // Days differ little: one that has room for a few more than their mean seldom grows, and all together have no more than a few too
        // many.
        day = new Day(number, (int)Math.Min(int.MaxValue / 2, _days.Count == 0 ? 0 : _incidents / _days.Count * 9 / 8));
        _remembered.Add(day);
        return day;
    }

    // The finaliser of SplitMix64 (Steele, Lea and Flood 2014): a bijection, so that two inputs that differ in one word never agree.
    static ulong Mix(ulong value)
    {
        value = (value ^ value >> 30) * 0xbf58476d1ce4e5b9;
        value = (value ^ value >> 27) * 0x94d049bb133111eb;
        return value ^ value >> 31;
    }
}
