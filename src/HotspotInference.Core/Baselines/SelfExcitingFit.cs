using System.Numerics.Tensors;
using HotspotInference.Heatmaps;

namespace HotspotInference.Baselines;

/// <summary>
/// Expectation maximisation for one class. The parents of an incident are weighed through running sums over the past, smoothed where
/// incidents are, not pair by pair: a round costs the periods times their occupied rows, however long the memory.
/// </summary>
sealed class SelfExcitingFit
{
    const int MaximumRounds = 300;
    // A change of the log likelihood that means nothing. Distances are matched in their mean square, so that it can also fall a little.
    const double Tolerance = 0.02;
    // Where the search begins: near repeats fade within weeks and a cell or two (Johnson et al. 2007).
    const double StartDays = 30;

    readonly TrainingEvents _events;
    readonly GridSpec _grid;
    readonly double _cellSide;
    readonly double _backgroundDecay;
    double _background = 0.5, _triggered = 0.4, _floor, _decay, _spread, _bandwidth;

    public SelfExcitingFit(TrainingEvents events)
    {
        _events = events;
        _grid = events.Spec.Grid;
        _cellSide = Math.Sqrt(_grid.CellHeightMeters * _grid.CellWidthMeters);
        _backgroundDecay = Math.Pow(0.5, events.Spec.Cadence.Days / RateForecaster.AverageHalfLife);
        _floor = 0.1 * events.TargetTotal / events.CellPeriods;
        _decay = 1 - 1 / Math.Max(1.5, StartDays / events.Spec.Cadence.Days);
        _spread = _cellSide;
        _bandwidth = 2 * _cellSide;
    }

    public SelfExcitingParameters Run(CancellationToken cancellationToken)
    {
        double likelihood = double.NegativeInfinity, previous;
        int rounds = 0;
        do
        {
            cancellationToken.ThrowIfCancellationRequested();
            previous = likelihood;
            Parents parents = Expect();
            likelihood = parents.LogLikelihood;
            Maximize(parents);
            rounds++;
        }
        while (!(Math.Abs(likelihood - previous) < Tolerance) && rounds < MaximumRounds);
        return new SelfExcitingParameters
        {
            Productivity = _triggered,
            DecayPerDay = -Math.Log(_decay) / _events.Spec.Cadence.Days,
            SpreadMeters = _spread,
            BackgroundScale = _background,
            BackgroundBandwidthMeters = _bandwidth,
            Floor = Math.Max(_floor, 0.5 / _events.CellPeriods),
            LogLikelihood = likelihood,
            Rounds = rounds,
        };
    }

    /// <summary>How many incidents have which parents, and how far these lie.</summary>
    struct Parents
    {
        public double Background, Triggered, Floor;
        // What each of the three expects at a weight of 1.
        public double BackgroundExposure, TriggeredExposure;
        // Sums over the incidents with such a parent: periods since, square metres from it.
        public double Lag, SquaredSpread, SquaredBandwidth;
        public double LogLikelihood;
    }

    // The expectation step: who of the past each incident comes from, and with what likelihood all of them came.
    Parents Expect()
    {
        var near = new GridKernel.Moments(_grid, _spread);
        var far = new GridKernel.Moments(_grid, _bandwidth);
        int cells = _grid.CellCount;
        // Discounted sums of counts, the same times their age, and plain sums.
        double[] recent = new double[cells], aged = new double[cells], all = new double[cells], acrossAged = new double[_grid.Columns];
        double recentTotal = 0, recentPeriods = 0, allTotal = 0, allPeriods = 0;
        var parents = new Parents();
        for (int k = 0; k < _events.Periods; k++)
        {
            if (k >= _events.FirstTarget)
            {
                parents.TriggeredExposure += recentTotal / recentPeriods;
                parents.BackgroundExposure += allTotal / allPeriods;
                int row = -1;
                foreach (HeatmapEntry entry in _events.Of(k))
                {
                    (int entryRow, int column) = Math.DivRem(entry.Index, _grid.Columns);
                    if (entryRow != row)
                    {
                        row = entryRow;
                        near.Row(recent, row);
                        near.Kernel.Row(aged, row, acrossAged);
                        far.Row(all, row);
                    }
                    double triggered = near.At(column), background = far.At(column);
                    double fromTriggered = _triggered * triggered / recentPeriods, fromBackground = _background * background / allPeriods;
                    double expected = fromTriggered + fromBackground + _floor;
                    parents.LogLikelihood += entry.Count * Math.Log(expected);
                    double share = entry.Count / expected;
                    parents.Floor += share * _floor;
                    if (background > 0)
                    {
                        parents.Background += share * fromBackground;
                        parents.SquaredBandwidth += share * fromBackground * far.SquaredDistanceAt(column) / background;
                    }
                    if (triggered > 0)
                    {
                        parents.Triggered += share * fromTriggered;
                        parents.SquaredSpread += share * fromTriggered * near.SquaredDistanceAt(column) / triggered;
                        parents.Lag += share * fromTriggered * near.Kernel.At(acrossAged, column) / triggered;
                    }
                }
            }
            TensorPrimitives.Add(aged, recent, aged);
            TensorPrimitives.Multiply(aged, _decay, aged);
            TensorPrimitives.Multiply(recent, _decay, recent);
            TensorPrimitives.Multiply(all, _backgroundDecay, all);
            foreach (HeatmapEntry entry in _events.Of(k))
            {
                recent[entry.Index] += entry.Count;
                aged[entry.Index] += entry.Count;
                all[entry.Index] += entry.Count;
            }
            double total = _events.Total(k);
            (recentTotal, recentPeriods) = (recentTotal * _decay + total, recentPeriods * _decay + 1);
            (allTotal, allPeriods) = (allTotal * _backgroundDecay + total, allPeriods * _backgroundDecay + 1);
        }
        parents.LogLikelihood -= _triggered * parents.TriggeredExposure + _background * parents.BackgroundExposure + _floor * _events.CellPeriods;
        return parents;
    }

    // The maximisation step.
    void Maximize(in Parents parents)
    {
        _triggered = parents.TriggeredExposure > 0 ? parents.Triggered / parents.TriggeredExposure : 0;
        _background = parents.BackgroundExposure > 0 ? parents.Background / parents.BackgroundExposure : 0;
        _floor = parents.Floor / _events.CellPeriods;
        if (parents.Triggered > 0)
        {
            // Whole periods since the parent are geometric.
            _decay = 1 - 1 / Math.Max(1.001, parents.Lag / parents.Triggered);
            _spread = Deviation(parents.SquaredSpread / parents.Triggered);
        }
        if (parents.Background > 0)
            _bandwidth = Deviation(parents.SquaredBandwidth / parents.Background);
    }

    // The deviation whose binned steps have this mean square, found by halving: it grows with the deviation.
    double Deviation(double squaredDistance)
    {
        double height = _grid.CellHeightMeters, width = _grid.CellWidthMeters;
        double low = 1e-3 * _cellSide, high = low + Math.Sqrt(squaredDistance);
        while (high - low > 1e-6 * _cellSide)
        {
            double middle = (low + high) / 2;
            double square = height * height * AxisKernel.MeanSquare(middle / height) + width * width * AxisKernel.MeanSquare(middle / width);
            (low, high) = square < squaredDistance ? (middle, high) : (low, middle);
        }
        return high;
    }
}
