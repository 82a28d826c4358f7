using HotspotInference.Periods;

namespace HotspotInference.Baselines;

static class Weekdays
{
    /// <summary>The day of the week in which a period begins, Sunday 0; always 0 where periods are longer than a day.</summary>
    public static int Of(Cadence cadence, long period) => cadence.PeriodsPerDay > 0 ? (int)cadence.StartOf(period).DayOfWeek : 0;
}
