using System.Globalization;
using HotspotInference.Periods;
using HotspotInference.Prediction;

namespace HotspotInference.Training.Tuning;

/// <summary>
/// Walk-forward blocks (rolling-origin evaluation: Tashman 2000): the days that decide, cut into blocks of the same length, one behind the
/// other. A training for a block learns from nothing that lies in or behind it.
/// </summary>
static class TuningBlocks
{
    /// <summary>The blocks, in the order of time.</summary>
    /// <param name="held">The days that decide.</param>
    /// <param name="count">How many blocks.</param>
    /// <param name="cadence">The length of a period; a block begins with one.</param>
    /// <exception cref="HotspotException">The days are too few.</exception>
    public static IReadOnlyList<DaySpan> Of(DaySpan held, int count, Cadence cadence)
    {
        int days = held.Last.DayNumber - held.First.DayNumber + 1;
        // With the day behind the last block.
        DateOnly[] starts =
        [
            held.First,
            .. Enumerable.Range(1, count - 1).Select(i => StartOfPeriod(held.First.AddDays((int)((long)days * i / count)))),
            held.Last.AddDays(1),
        ];
        for (int i = 0; i < count; i++)
        {
            if (starts[i] >= starts[i + 1])
                throw new HotspotException("validation span", string.Create(CultureInfo.InvariantCulture, $"{held}, for {count} blocks"),
                    $"at least a {cadence} for each", "Take fewer --splits, or hold more days: --validate-to or --validation-share.");
        }
        return [.. Enumerable.Range(0, count).Select(i => new DaySpan(starts[i], starts[i + 1].AddDays(-1)))];

        DateOnly StartOfPeriod(DateOnly day) => DateOnly.FromDateTime(cadence.StartOf(cadence.IndexOf(day.ToDateTime(TimeOnly.MinValue))));
    }
}
