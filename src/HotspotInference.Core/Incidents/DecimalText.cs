namespace HotspotInference.Incidents;

/// <summary>
/// Decimal numbers as coordinates are mostly written: digits, and digits behind a point, up to 15 in all. Both these and the power of ten
/// that divides them are then whole numbers that a double holds exactly, and one division rounds once: the double nearest to the text, as
/// any exact parser finds it (Clinger, <i>How to read floating point numbers accurately</i>, 1990, section 4).
/// </summary>
static class DecimalText
{
    const int MostDigits = 15;

    static readonly double[] s_powers = [1, 1e1, 1e2, 1e3, 1e4, 1e5, 1e6, 1e7, 1e8, 1e9, 1e10, 1e11, 1e12, 1e13, 1e14, 1e15];

    /// <summary>Reads a number; false where the text is of any other form, or empty.</summary>
    /// <param name="text">UTF-8.</param>
    /// <param name="value">The number.</param>
    public static bool TryRead(ReadOnlySpan<byte> text, out double value)
    {
        value = 0;
        bool isNegative = text is [(byte)'-', ..];
        if (isNegative)
            text = text[1..];
        // With a point.
        if (text.Length > MostDigits + 1)
            return false;
        long digits = 0;
        int point = -1;
        for (int i = 0; i < text.Length; i++)
        {
            uint digit = (uint)text[i] - '0';
            if (digit <= 9)
                digits = digits * 10 + digit;
            else if (text[i] == '.' && point < 0)
                point = i;
            else
                return false;
        }
        int behind = point < 0 ? 0 : text.Length - point - 1;
        if (point == 0 || point > 0 && behind == 0 || text.Length - (point < 0 ? 0 : 1) is 0 or > MostDigits)
            return false;
        value = digits / s_powers[behind];
        if (isNegative)
            value = -value;
        return true;
    }
}
