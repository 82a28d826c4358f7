using System.Runtime.InteropServices;

namespace HotspotInference.Heatmaps;

public sealed partial class HeatmapSeries
{
    /// <summary>
    /// Makes up the maps of the missing periods, as <see cref="HeatmapSpec.Filling"/> says; which they are stays marked. Missing periods
    /// filled alike share storage. Fill before slicing: what is made up depends on the maps before it. The result is what
    /// <see cref="HeatmapFiller"/> gives period by period, but for <see cref="FillMethod.Linear"/>, which here sees the next real map.
    /// </summary>
    /// <returns>The filled series; this one where it is filled already.</returns>
    /// <exception cref="HotspotException">The made-up maps are too many to hold.</exception>
    /// <exception cref="OperationCanceledException"><paramref name="cancellationToken"/> was cancelled.</exception>
    public HeatmapSeries Fill(CancellationToken cancellationToken = default)
    {
        if (IsFilled)
            return this;
        int[] starts = [.. _starts], ends = [.. _ends];
        List<HeatmapEntry> madeUp = Spec.Filling == FillMethod.Linear
            ? FillBetween(starts, ends, cancellationToken)
            : FillForward(starts, ends, cancellationToken);
        return new HeatmapSeries(Spec, Periods, [.. _entries, .. madeUp], starts, ends, _missing, isFilled: true);
    }

    List<HeatmapEntry> FillForward(int[] starts, int[] ends, CancellationToken cancellationToken)
    {
        var filler = HeatmapFiller.Create(Spec);
        var madeUp = new List<HeatmapEntry>();
        var map = new List<HeatmapEntry>();
        var alike = new Dictionary<int, int>();
        for (int i = 0; i < Periods.Count; i++)
        {
            cancellationToken.ThrowIfCancellationRequested();
            long period = Periods.First + i;
            if (!_missing[i])
            {
                filler.Observe(period, Entries(i));
                alike.Clear();
            }
            else if (alike.TryGetValue(filler.SlotOf(period), out int same))
            {
                (starts[i], ends[i]) = (starts[same], ends[same]);
            }
            else
            {
                filler.Fill(period, map);
                (starts[i], ends[i]) = Append(madeUp, map);
                alike.Add(filler.SlotOf(period), i);
            }
        }
        return madeUp;
    }

    List<HeatmapEntry> FillBetween(int[] starts, int[] ends, CancellationToken cancellationToken)
    {
        var next = new int[Periods.Count];
        for (int i = Periods.Count - 1, real = -1; i >= 0; i--)
        {
            real = IsAnchor(i) ? i : real;
            next[i] = real;
        }
        var madeUp = new List<HeatmapEntry>();
        var map = new List<HeatmapEntry>();
        for (int i = 0, previous = -1; i < Periods.Count; i++)
        {
            cancellationToken.ThrowIfCancellationRequested();
            previous = IsAnchor(i) ? i : previous;
            if (!_missing[i])
                continue;
            int nearest = previous < 0 ? next[i] : previous;
            if (previous >= 0 && next[i] >= 0)
            {
                Interpolate(Entries(previous), Entries(next[i]), (i - previous) / (double)(next[i] - previous), map);
                (starts[i], ends[i]) = Append(madeUp, map);
            }
            else if (nearest >= 0)
            {
                (starts[i], ends[i]) = (_starts[nearest], _ends[nearest]);
            }
        }
        return madeUp;
    }

    // Both in the order of their index, and so is what is made of them.
    internal static void Interpolate(ReadOnlySpan<HeatmapEntry> from, ReadOnlySpan<HeatmapEntry> to, double share, List<HeatmapEntry> map)
    {
        map.Clear();
        for (int f = 0, t = 0; f < from.Length || t < to.Length;)
        {
            int index = Math.Min(f < from.Length ? from[f].Index : int.MaxValue, t < to.Length ? to[t].Index : int.MaxValue);
            double before = f < from.Length && from[f].Index == index ? from[f++].Count : 0;
            double after = t < to.Length && to[t].Index == index ? to[t++].Count : 0;
            map.Add(new HeatmapEntry(index, (float)(before + (after - before) * share)));
        }
    }

    bool IsAnchor(int position) => !_missing[position] && !Spec.IsExcluded(Periods.First + position);

    (int Start, int End) Append(List<HeatmapEntry> madeUp, List<HeatmapEntry> map)
    {
        long start = (long)_entries.Length + madeUp.Count;
        if (start + map.Count > Array.MaxLength)
            throw new HotspotException("filling",
                $"the maps that '{Spec.Filling}' makes up for {_missing.Count(missing => missing)} periods",
                $"at most {Array.MaxLength} values in all", "Choose a longer cadence, a coarser grid, or another filling.");
        madeUp.AddRange(CollectionsMarshal.AsSpan(map));
        return ((int)start, (int)start + map.Count);
    }
}
