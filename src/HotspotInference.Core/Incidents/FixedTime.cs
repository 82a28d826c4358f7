using System.Runtime.Intrinsics;

namespace HotspotInference.Incidents;

/// <summary>
/// Times written with every digit in its place, such as <c>2016-01-31 09:05:00</c>: most of the texts of a <see cref="TimePattern"/> of
/// numbers alone, read without a walk through its parts. All other texts are left to it, so that both find the same.
/// </summary>
sealed class FixedTime
{
    const string Digits = "yMdHms";

    // Every byte lies from 0 to its range above its base: a digit, or the one character that stands there.
    readonly byte[] _bases, _ranges;
    readonly int _year, _month, _day, _hour, _minute, _second;

    /// <param name="template"><c>yyyy MM dd HH mm ss</c>, any of them in any order, with other characters between.</param>
    public FixedTime(string template)
    {
        _bases = [.. template.Select(character => (byte)(Digits.Contains(character, StringComparison.Ordinal) ? '0' : character))];
        _ranges = [.. template.Select(character => (byte)(Digits.Contains(character, StringComparison.Ordinal) ? 9 : 0))];
        (_year, _month, _day) = (Position('y'), Position('M'), Position('d'));
        (_hour, _minute, _second) = (Position('H'), Position('m'), Position('s'));

        int Position(char letter) => template.IndexOf(letter, StringComparison.Ordinal);
    }

    /// <summary>Reads a time; what the template leaves out is the first of January of the year 1, midnight.</summary>
    /// <param name="text">UTF-8.</param>
    /// <param name="time">The time as written.</param>
    /// <returns>False where the text is written otherwise, or there is no such time.</returns>
    public bool TryRead(ReadOnlySpan<byte> text, out DateTime time)
    {
        time = default;
        if (text.Length != _bases.Length || !Matches(text))
            return false;
        int year = _year < 0 ? 1 : Two(text, _year, 0) * 100 + Two(text, _year + 2, 0);
        int month = Two(text, _month, 1), day = Two(text, _day, 1);
        int hour = Two(text, _hour, 0), minute = Two(text, _minute, 0), second = Two(text, _second, 0);
        if (year < 1 || month is < 1 or > 12 || day < 1 || day > 28 && day > DateTime.DaysInMonth(year, month)
            || hour > 23 || minute > 59 || second > 59)
            return false;
        time = new DateTime(year, month, day, hour, minute, second);
        return true;
    }

    bool Matches(ReadOnlySpan<byte> text)
    {
        int last = text.Length - Vector128<byte>.Count;
        if (last is >= 0 and <= 16)
            return Matches(text, 0) && Matches(text, last);
        for (int i = 0; i < text.Length; i++)
        {
            if ((byte)(text[i] - _bases[i]) > _ranges[i])
                return false;
        }
        return true;
    }

    bool Matches(ReadOnlySpan<byte> text, int start) => Vector128.LessThanOrEqualAll(
        Vector128.Create(text[start..]) - Vector128.Create(_bases.AsSpan(start)), Vector128.Create(_ranges.AsSpan(start)));

    static int Two(ReadOnlySpan<byte> text, int position, int absent) =>
        position < 0 ? absent : (text[position] - '0') * 10 + text[position + 1] - '0';
}
