using HotspotInference.Periods;

namespace HotspotInference.Features;

/// <summary>Which earlier periods a rate is taken over.</summary>
public enum HistoryPhase
{
    /// <summary>All of them.</summary>
    All,

    /// <summary>Those of the target's part of the week: Monday to Friday, or Saturday and Sunday.</summary>
    WeekPart,

    /// <summary>Those of the target's time of day: blocks of two hours from midnight, or a period where that is longer.</summary>
    TimeOfDay,
}

/// <summary>The phases of a cadence.</summary>
static class HistoryPhases
{
    const int MostTimesOfDay = 12;

    /// <summary>How many phases there are; 0 where periods of the cadence lie in several.</summary>
    public static int Count(this HistoryPhase phase, Cadence cadence) => phase switch
    {
        HistoryPhase.All => 1,
        HistoryPhase.WeekPart => cadence.PeriodsPerDay > 0 ? 2 : 0,
        _ => cadence.IsSubDaily ? Math.Min(cadence.PeriodsPerDay, MostTimesOfDay) : 0,
    };

    /// <summary>The phase of a period, 0 .. count - 1.</summary>
    public static int Of(this HistoryPhase phase, Cadence cadence, long period) => phase switch
    {
        HistoryPhase.All => 0,
        HistoryPhase.WeekPart => cadence.StartOf(period).DayOfWeek is DayOfWeek.Saturday or DayOfWeek.Sunday ? 1 : 0,
        _ => (int)(cadence.StartOf(period).TimeOfDay.TotalDays * phase.Count(cadence) + 1e-9),
    };
}
