namespace HotspotInference.Forecasts;

/// <summary>Finds the threshold that a rule asks for, and the compact curve around it.</summary>
sealed class ThresholdSearch
{
    // The least coverage that the curve tells from none is a ten-thousandth.
    const double LeastLogCoverage = -4;

    readonly string _className;
    // In ascending order of risk.
    readonly float[] _risk;
    readonly float[] _actual;
    readonly ThresholdTotals _totals;

    ThresholdSearch(string className, int periods, float[] risk, float[] actual)
    {
        // NaN comes first.
        Array.Sort(risk, actual);
        if (!(risk[0] >= 0 && risk[^1] <= 1))
            throw new HotspotException($"threshold of class '{className}'",
                FormattableString.Invariant($"risks from {risk[0]} to {risk[^1]}"), "probabilities from 0 to 1",
                "Check the model's output: features that are not finite make it NaN.");
        long eventCells = 0;
        double events = 0;
        foreach (float count in actual)
        {
            eventCells += count > 0 ? 1 : 0;
            events += count;
        }
        _className = className;
        _risk = risk;
        _actual = actual;
        _totals = new ThresholdTotals(periods, risk.Length, eventCells, events);
    }

    /// <summary>Searches one class; sorts the values in place.</summary>
    public static ThresholdCurve Run(string className, int periods, float[] risk, float[] actual, ThresholdRule rule)
    {
        var search = new ThresholdSearch(className, periods, risk, actual);
        ThresholdPoint selected = search.Select(rule);
        List<ThresholdPoint> kept = search.Thin(selected);
        return new ThresholdCurve { Class = className, Points = kept, SelectedIndex = kept.IndexOf(selected) };
    }

    // Every threshold that makes a difference, falling: each distinct risk, and 0 where all risks are above. One at a time, since there may
    // be as many as cell-periods.
    IEnumerable<ThresholdPoint> Candidates()
    {
        long hot = 0, found = 0;
        double hit = 0;
        for (int i = _risk.Length - 1; i >= 0;)
        {
            float value = _risk[i];
            yield return new ThresholdPoint(_totals, value, hot, found, hit);
            for (; i >= 0 && _risk[i] == value; i--)
            {
                hot++;
                found += _actual[i] > 0 ? 1 : 0;
                hit += _actual[i];
            }
        }
        if (_risk[0] > 0)
            yield return new ThresholdPoint(_totals, 0, hot, found, hit);
    }

    ThresholdPoint Select(ThresholdRule rule)
    {
        // A share is decimal and its double a hair off: 0.29 of 100 cell-periods means 29.
        if (rule.Criterion == ThresholdCriterion.Coverage)
            return Candidates().TakeWhile(point => point.HotCellPeriods <= rule.Value * _totals.CellPeriods + 1e-9).Last();
        // The first of several that cost the same.
        if (rule.Criterion == ThresholdCriterion.Cost)
            return Candidates().MinBy(point => point.Cost(rule.Value))!;
        if (_totals.EventCellPeriods == 0)
            throw new HotspotException($"threshold of class '{_className}'",
                $"no incident in {_totals.Periods} periods, for the rule {rule}",
                "at least one to be missed or found", "Widen the span, leave the class out, or choose by coverage.");
        double mostMissed = rule.Value * _totals.EventCellPeriods + 1e-9;
        return Candidates().FirstOrDefault(point => _totals.EventCellPeriods - point.FoundCellPeriods <= mostMissed)
            ?? throw new HotspotException($"threshold of class '{_className}'",
                "too many incidents where the risk was 0, which is never hot",
                $"a threshold that keeps {rule}", "Allow more misses, or use a forecaster whose risk is nowhere 0.");
    }

    // Evenly over the logarithm of coverage, where a chart or a table wants them.
    List<ThresholdPoint> Thin(ThresholdPoint selected)
    {
        const int Steps = ThresholdCurve.MaximumPoints - 4;
        var kept = new List<ThresholdPoint>();
        int step = 0;
        ThresholdPoint? previous = null;
        foreach (ThresholdPoint point in Candidates())
        {
            bool reachesStep = false;
            for (; step <= Steps && point.HotCellPeriods > Limit(step); step++)
                reachesStep = true;
            // The last point within a step's coverage stands for it.
            if (previous is not null && (reachesStep || previous.HotCellPeriods == 0 || previous == selected))
                kept.Add(previous);
            previous = point;
        }
        kept.Add(previous!);
        return kept;

        double Limit(int i) => Math.Pow(10, LeastLogCoverage * (1 - (double)i / Steps)) * _totals.CellPeriods;
    }
}
