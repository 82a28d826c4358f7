using System.Text;

namespace HotspotInference.Incidents;

/// <summary>What came of reading a time.</summary>
enum TimeOutcome
{
    /// <summary>Read.</summary>
    Read,

    /// <summary>The text is not of the format.</summary>
    Unreadable,

    /// <summary>The text is of the format, but there is no such time.</summary>
    Impossible,
}

/// <summary>
/// A date and clock format compiled for UTF-8 text, in the letters of .NET's custom formats as
/// <see cref="IncidentReaderOptions.DateFormat"/> documents them. Unlike <c>DateTime.TryParseExact</c>
/// it needs no string and tells a time that does not exist from text of another format.
/// </summary>
sealed class TimePattern
{
    enum Part : byte { Literal, Year, ShortYear, Month, MonthName, Day, Hour, HalfDayHour, Minute, Second, Fraction, HalfDay, Offset }

    readonly record struct Token(Part Part, byte MinimumDigits, byte MaximumDigits, byte Literal = 0);

    static readonly string[] s_months =
        ["january", "february", "march", "april", "may", "june", "july", "august", "september", "october", "november", "december"];

    readonly Token[] _tokens;
    readonly FixedTime? _fixed;

    /// <summary>Compiles a format.</summary>
    /// <exception cref="HotspotException">A letter of the format is not known.</exception>
    public TimePattern(string format)
    {
        Format = format;
        var tokens = new List<Token>();
        for (int i = 0; i < format.Length;)
        {
            char letter = format[i];
            int run = format.AsSpan(i).IndexOfAnyExcept(letter) is var length and >= 0 ? length : format.Length - i;
            if (letter == '\'' && format.IndexOf('\'', i + 1) is var closing and > 0)
            {
                foreach (char quoted in format.AsSpan(i + 1, closing - i - 1))
                    tokens.Add(Literal(quoted));
                i = closing + 1;
            }
            else if (letter == '.' && i + 1 < format.Length && format[i + 1] is 'f' or 'F')
            {
                tokens.Add(new Token(Part.Fraction, 0, 0));
                i += 1 + (format.AsSpan(i + 1).IndexOfAnyExcept('f', 'F') is var digits and >= 0 ? digits : format.Length - i - 1);
            }
            else if (char.IsAsciiLetter(letter) && letter != 'T')
            {
                tokens.Add(Numeric(letter, run));
                i += run;
            }
            else
            {
                tokens.Add(Literal(letter));
                i++;
            }
        }
        _tokens = [.. tokens];
        _fixed = Template() is { } template ? new FixedTime(template) : null;
    }

    /// <summary>The format.</summary>
    public string Format { get; }

    /// <summary>Whether year, month and day are all there.</summary>
    public bool HasDate => (Has(Part.Year) || Has(Part.ShortYear)) && (Has(Part.Month) || Has(Part.MonthName)) && Has(Part.Day);

    /// <summary>Whether the hour is there.</summary>
    public bool HasClock => Has(Part.Hour) || Has(Part.HalfDayHour);

    /// <summary>Whether the text carries <c>Z</c> or an offset from UTC.</summary>
    public bool HasOffset => Has(Part.Offset);

    /// <summary>Reads a time; what the format leaves out is the first of January of the year 1, midnight, offset zero.</summary>
    /// <param name="text">UTF-8.</param>
    /// <param name="time">The time as written.</param>
    /// <param name="offset">Its offset from UTC.</param>
    public TimeOutcome Read(ReadOnlySpan<byte> text, out DateTime time, out TimeSpan offset)
    {
        time = default;
        offset = default;
        int year = 1, month = 1, day = 1, hour = 0, minute = 0, second = 0, position = 0;
        long fraction = 0;
        bool halfDay = false, afternoon = false;
        foreach (Token token in _tokens)
        {
            ReadOnlySpan<byte> rest = text[position..];
            int length;
            switch (token.Part)
            {
                case Part.Literal:
                    length = !rest.IsEmpty && rest[0] == token.Literal ? 1 : -1;
                    break;
                case Part.MonthName:
                    length = MonthName(rest, out month);
                    break;
                case Part.HalfDay:
                    halfDay = true;
                    length = HalfDay(rest, out afternoon);
                    break;
                case Part.Fraction:
                    length = Fraction(rest, out fraction);
                    break;
                case Part.Offset:
                    length = Offset(rest, out offset);
                    break;
                default:
                    length = Digits(rest, token, out int number);
                    switch (token.Part)
                    {
                        case Part.Year: year = number; break;
                        case Part.ShortYear: year = number < 50 ? 2000 + number : 1900 + number; break;
                        case Part.Month: month = number; break;
                        case Part.Day: day = number; break;
                        case Part.Hour or Part.HalfDayHour: hour = number; break;
                        case Part.Minute: minute = number; break;
                        default: second = number; break;
                    }
                    break;
            }
            if (length < 0)
                return TimeOutcome.Unreadable;
            position += length;
        }
        if (position != text.Length)
            return TimeOutcome.Unreadable;
        if (halfDay)
        {
            if (hour is < 1 or > 12)
                return TimeOutcome.Impossible;
            hour = hour % 12 + (afternoon ? 12 : 0);
        }
        if (year < 1 || month is < 1 or > 12 || day < 1 || day > DateTime.DaysInMonth(year, month)
            || hour > 23 || minute > 59 || second > 59)
            return TimeOutcome.Impossible;
        time = new DateTime(year, month, day, hour, minute, second).AddTicks(fraction);
        return TimeOutcome.Read;
    }

    /// <summary>
    /// Reads a time as <see cref="Read"/> does, but leaves to it all but those times that are most common, a fraction of the work. Such a
    /// text starts and ends with a digit and has no quote in it: a field of a CSV that reads so needs no decoding.
    /// </summary>
    public bool TryReadFixed(ReadOnlySpan<byte> text, out DateTime time)
    {
        time = default;
        return _fixed is not null && _fixed.TryRead(text, out time);
    }

    /// <inheritdoc/>
    public override string ToString() => Format;

    // All digits that the format takes, an optional fraction of a second at the end left out; null where it has other parts.
    string? Template()
    {
        ReadOnlySpan<Token> tokens = _tokens is [.. var before, { Part: Part.Fraction }] ? before : _tokens;
        if (tokens is [] or [{ Part: Part.Literal }, ..] or [.., { Part: Part.Literal }])
            return null;
        var template = new StringBuilder();
        foreach (Token token in tokens)
        {
            string? part = token.Part switch
            {
                Part.Year => "yyyy",
                Part.Month => "MM",
                Part.Day => "dd",
                Part.Hour => "HH",
                Part.Minute => "mm",
                Part.Second => "ss",
                Part.Literal when token.Literal is not (byte)'"' && !"yMdHms".Contains((char)token.Literal, StringComparison.Ordinal) =>
                    ((char)token.Literal).ToString(),
                _ => null,
            };
            // A part that is there twice is read twice, and the last holds.
            if (part is null || token.Part != Part.Literal && template.ToString().Contains(part, StringComparison.Ordinal))
                return null;
            template.Append(part);
        }
        return template.ToString();
    }

    bool Has(Part part) => Array.Exists(_tokens, token => token.Part == part);

    static Token Literal(char character) => char.IsAscii(character)
        ? new Token(Part.Literal, 0, 0, (byte)character)
        : throw new HotspotException("date format", $"'{character}'", "ASCII characters",
            "Leave the character out of the data and the format.");

    static Token Numeric(char letter, int run)
    {
        // A single letter takes one or two digits, a double one exactly two.
        byte least = (byte)Math.Min(run, 2);
        return (letter, run) switch
        {
            ('y', 4) => new Token(Part.Year, 4, 4),
            ('y', 2) => new Token(Part.ShortYear, 2, 2),
            ('M', 1 or 2) => new Token(Part.Month, least, 2),
            ('M', 3 or 4) => new Token(Part.MonthName, 0, 0),
            ('d', 1 or 2) => new Token(Part.Day, least, 2),
            ('H', 1 or 2) => new Token(Part.Hour, least, 2),
            ('h', 1 or 2) => new Token(Part.HalfDayHour, least, 2),
            ('m', 1 or 2) => new Token(Part.Minute, least, 2),
            ('s', 1 or 2) => new Token(Part.Second, least, 2),
            ('t', 1 or 2) => new Token(Part.HalfDay, 0, 0),
            ('K' or 'Z', 1) or ('z', >= 1 and <= 3) => new Token(Part.Offset, 0, 0),
            _ => throw new HotspotException("date format", $"'{new string(letter, run)}'",
                "yyyy yy M MM MMM d dd H HH h hh m mm s ss .F tt K", "Example: M/d/yy or yyyy-MM-dd HH:mm."),
        };
    }

    static int Digits(ReadOnlySpan<byte> text, Token token, out int number)
    {
        number = 0;
        int length = 0;
        while (length < token.MaximumDigits && length < text.Length && (uint)(text[length] - '0') <= 9)
            number = number * 10 + text[length++] - '0';
        return length >= token.MinimumDigits ? length : -1;
    }

    // Optional; digits beyond the tenth of a microsecond, which DateTime cannot hold, are cut off.
    static int Fraction(ReadOnlySpan<byte> text, out long ticks)
    {
        ticks = 0;
        if (text.IsEmpty || text[0] is not ((byte)'.' or (byte)','))
            return 0;
        int length = 1;
        for (long unit = TimeSpan.TicksPerSecond / 10; length < text.Length && (uint)(text[length] - '0') <= 9; length++, unit /= 10)
            ticks += unit * (text[length] - '0');
        return length > 1 ? length : -1;
    }

    static int HalfDay(ReadOnlySpan<byte> text, out bool afternoon)
    {
        afternoon = text.Length >= 2 && (text[0] | 0x20) == 'p';
        return text.Length >= 2 && (afternoon || (text[0] | 0x20) == 'a') && (text[1] | 0x20) == 'm' ? 2 : -1;
    }

    // Z, +hh, +hhmm or +hh:mm, and the same with a minus.
    static int Offset(ReadOnlySpan<byte> text, out TimeSpan offset)
    {
        offset = default;
        if (text.IsEmpty)
            return -1;
        if ((text[0] | 0x20) == 'z')
            return 1;
        if (text[0] is not ((byte)'+' or (byte)'-'))
            return -1;
        var twoDigits = new Token(Part.Hour, 2, 2);
        if (Digits(text[1..], twoDigits, out int hours) < 0)
            return -1;
        int length = 3, minutes = 0;
        if (length < text.Length)
        {
            length += text[length] == ':' ? 1 : 0;
            if (Digits(text[length..], twoDigits, out minutes) < 0)
                return -1;
            length += 2;
        }
        if (hours > 14 || minutes > 59)
            return -1;
        offset = new TimeSpan(hours, minutes, 0) * (text[0] == '-' ? -1 : 1);
        return length;
    }

    // The whole English name or its first three letters.
    static int MonthName(ReadOnlySpan<byte> text, out int month)
    {
        month = 0;
        int length = 0;
        while (length < text.Length && char.IsAsciiLetter((char)text[length]))
            length++;
        if (length < 3)
            return -1;
        string letters = Encoding.ASCII.GetString(text[..length]);
        month = 1 + Array.FindIndex(s_months, name => name.StartsWith(letters, StringComparison.OrdinalIgnoreCase));
        return month > 0 && (length == 3 || length == s_months[month - 1].Length) ? length : -1;
    }
}
