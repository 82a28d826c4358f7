namespace HotspotInference.Rendering;

/// <summary>
/// Risk as 16-bit numbers on a logarithmic scale: 0 for none, else <c>Lowest x exp((code - 1) x Step)</c>, steps of 0.025% from 1e-7 to 1.
/// Codes of one map keep its order: equal risks have equal codes, and a higher risk a higher one, so that percentiles and ranks taken from
/// codes are those of the risks.
/// </summary>
static class RiskCodes
{
    /// <summary>The least risk that is told from none.</summary>
    public const double Lowest = 1e-7;

    const int Last = ushort.MaxValue;

    /// <summary>The difference of the logarithms of two neighbouring codes' risks.</summary>
    public static double Step { get; } = -Math.Log(Lowest) / (Last - 1);

    /// <summary>The risk that a code stands for.</summary>
    public static double Risk(ushort code) => code == 0 ? 0 : Lowest * Math.Exp((code - 1) * Step);

    /// <summary>Encodes the map of one class.</summary>
    /// <param name="risk"><c>[row, column]</c>, probabilities.</param>
    /// <param name="codes">Receives <c>[row, column]</c>.</param>
    public static void Encode(ReadOnlySpan<float> risk, Span<ushort> codes)
    {
        int[] cells = [.. Enumerable.Range(0, risk.Length)];
        float[] sorted = risk.ToArray();
        Array.Sort(sorted, cells);
        var ascending = new int[sorted.Length];
        for (int i = 0; i < sorted.Length; i++)
        {
            int nearest = Nearest(sorted[i]);
            ascending[i] = i == 0 ? nearest : sorted[i] == sorted[i - 1] ? ascending[i - 1] : Math.Max(nearest, ascending[i - 1] + 1);
        }
        // Where the upper end is crowded, codes move down; only where a map has more values than there are codes do the lowest fall together.
        for (int i = sorted.Length - 1; i >= 0; i--)
        {
            int highest = i == sorted.Length - 1 ? Last : sorted[i] == sorted[i + 1] ? ascending[i + 1] : ascending[i + 1] - 1;
            ascending[i] = Math.Max(0, Math.Min(ascending[i], highest));
            codes[cells[i]] = (ushort)ascending[i];
        }
    }

    static int Nearest(float risk) => risk < Lowest ? 0 : Math.Min(Last, 1 + (int)Math.Round(Math.Log(risk / Lowest) / Step));
}
