namespace HotspotInference.Rendering;

/// <summary>
/// Risk as 16-bit numbers on a logarithmic scale: 0 for none, else <c>Lowest x exp((code - 1) x Step)</c>, steps of 0.025% from 1e-7 to 1.
/// Codes of one map keep its order: equal risks have equal codes, and a higher risk a higher one, so that percentiles and ranks taken from
/// codes are those of the risks. For that a code may stand up to 20 steps (0.5%) above its risk; only where more than 20 different risks
/// crowd into less than that do some of them fall together.
/// </summary>
static class RiskCodes
{
    /// <summary>The least risk that is told from none.</summary>
    public const double Lowest = 1e-7;

    const int MostSteps = 20;
    const int CodeOfOne = ushort.MaxValue - MostSteps;

    /// <summary>The difference of the logarithms of two neighbouring codes' risks.</summary>
    public static double Step { get; } = -Math.Log(Lowest) / (CodeOfOne - 1);

    /// <summary>Encodes the map of one class.</summary>
    /// <param name="risk"><c>[row, column]</c>, probabilities.</param>
    /// <param name="codes">Receives <c>[row, column]</c>.</param>
    public static void Encode(ReadOnlySpan<float> risk, Span<ushort> codes)
    {
        var cells = new int[risk.Length];
        for (int i = 0; i < cells.Length; i++)
            cells[i] = i;
        float[] sorted = risk.ToArray();
        Array.Sort(sorted, cells);
        int code = -1;
        for (int i = 0; i < sorted.Length; i++)
        {
            if (i == 0 || sorted[i] != sorted[i - 1])
            {
                int nearest = Nearest(sorted[i]);
                code = Math.Max(Math.Clamp(code + 1, nearest, nearest + MostSteps), code);
            }
            codes[cells[i]] = (ushort)code;
        }
    }

    static int Nearest(float risk) => risk < Lowest ? 0 : 1 + (int)Math.Round(Math.Log(risk / Lowest) / Step);
}
