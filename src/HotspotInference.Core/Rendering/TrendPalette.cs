using HotspotInference.Trends;

namespace HotspotInference.Rendering;

/// <summary>A colour for each pattern: hot ones from yellow over red to brown, cold ones from green over blue to violet.</summary>
static class TrendPalette
{
    static readonly Color[] s_colors =
    [
        new(233, 233, 228),
        new(255, 193, 7), new(245, 130, 32), new(122, 0, 25), new(204, 24, 30),
        new(240, 128, 118), new(250, 205, 195), new(231, 120, 190), new(139, 90, 43),
        new(30, 180, 120), new(20, 140, 150), new(8, 29, 100), new(33, 105, 190),
        new(110, 170, 225), new(200, 220, 242), new(150, 130, 205), new(95, 110, 125),
    ];

    public static Color Of(TrendPattern pattern) => s_colors[(int)pattern];
}
