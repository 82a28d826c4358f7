namespace HotspotInference.Baselines;

/// <summary>
/// Maximum likelihood of a self-exciting process for one class. The background and what is triggered are running rates, so that a kernel
/// costs one pass over the past, not one over all pairs of incidents. The likelihood rises with every step.
/// </summary>
sealed class SelfExcitingFit
{
    const int MaximumRounds = 20;
    // A gain of the log likelihood in a round that means nothing.
    const double Tolerance = 0.1;
    // How far one round looks for a better kernel, and how closely, as factors.
    const double Reach = 2;
    const double Precision = 0.02;
    // Where the search begins: near repeats fade within weeks and a cell or two (Johnson et al. 2007).
    const double StartDays = 30;

    readonly TrainingEvents _events;
    readonly double[] _counts;
    readonly double _cellSide;
    readonly double _farHalfLife;
    // The background and what is triggered, of weight 1: at the incidents, and their sums.
    readonly Component _far;
    readonly Component _near;
    double _floor;

    public SelfExcitingFit(TrainingEvents events)
    {
        _events = events;
        _counts = events.TargetCounts();
        _cellSide = Math.Sqrt(events.Spec.Grid.CellHeightMeters * events.Spec.Grid.CellWidthMeters);
        _farHalfLife = RateForecaster.AverageHalfLife / events.Spec.Cadence.Days;
        _far = new Component(events, 0.5);
        _near = new Component(events, 0.4);
        _floor = 0.1 * events.TargetTotal / events.CellPeriods;
    }

    public SelfExcitingParameters Run(CancellationToken cancellationToken)
    {
        GridSpec grid = _events.Spec.Grid;
        double periodDays = _events.Spec.Cadence.Days, narrowest = 0.05 * _cellSide;
        double widest = Math.Max(2 * narrowest, 0.25 * Math.Max(grid.Bounds.HeightMeters, grid.Bounds.WidthMeters));
        double bandwidth = Math.Min(_cellSide, widest), spread = bandwidth, halfLife = Math.Max(1, StartDays / periodDays * Math.Log(2));
        _far.Run(_farHalfLife, bandwidth);
        _near.Run(halfLife, spread);
        double likelihood = Mix(), previous;
        int rounds = 0;
        do
        {
            previous = likelihood;
            halfLife = Improve(halfLife, 0.3, Math.Max(1, _events.Periods), h => _near.Run(h, spread));
            spread = Improve(spread, narrowest, widest, s => _near.Run(halfLife, s));
            bandwidth = Improve(bandwidth, narrowest, widest, b => _far.Run(_farHalfLife, b));
        }
        while (++rounds < MaximumRounds && likelihood - previous > Tolerance);
        return new SelfExcitingParameters
        {
            Productivity = _near.Weight,
            DecayPerDay = Math.Log(2) / (halfLife * periodDays),
            SpreadMeters = spread,
            BackgroundScale = _far.Weight,
            BackgroundBandwidthMeters = bandwidth,
            Floor = Math.Max(_floor, 0.5 / _events.CellPeriods),
            LogLikelihood = likelihood,
            Rounds = rounds,
        };

        // Looks for a better value of one kernel, the weights fitted anew to each; never goes to a worse one.
        double Improve(double value, double least, double most, Action<double> run)
        {
            (double, double, double) weights = (_far.Weight, _near.Weight, _floor);
            double found = LogSearch.Maximize(Likelihood, Math.Max(least, value / Reach), Math.Min(most, value * Reach),
                Precision, cancellationToken);
            double foundLikelihood = Likelihood(found);
            if (foundLikelihood > likelihood)
            {
                likelihood = foundLikelihood;
                return found;
            }
            run(value);
            (_far.Weight, _near.Weight, _floor) = weights;
            return value;

            double Likelihood(double trial)
            {
                run(trial);
                (_far.Weight, _near.Weight, _floor) = weights;
                return Mix();
            }
        }
    }

    // Expectation maximisation of the weights: each incident's parent is the background, one of those before, or none. Returns the
    // likelihood.
    double Mix()
    {
        const int MaximumSteps = 200;
        const double Enough = 1e-3;
        double likelihood = double.NegativeInfinity, previous;
        int step = 0;
        do
        {
            previous = likelihood;
            likelihood = -_far.Weight * _far.Exposure - _near.Weight * _near.Exposure - _floor * _events.CellPeriods;
            double far = 0, near = 0, floor = 0;
            for (int i = 0; i < _counts.Length; i++)
            {
                double ofFar = _far.Weight * _far.Scores[i], ofNear = _near.Weight * _near.Scores[i], expected = ofFar + ofNear + _floor;
                likelihood += _counts[i] * Math.Log(expected);
                double share = _counts[i] / expected;
                far += share * ofFar;
                near += share * ofNear;
                floor += share * _floor;
            }
            if (likelihood - previous < Enough)
                break;
            _far.Weight = _far.Exposure > 0 ? far / _far.Exposure : 0;
            _near.Weight = _near.Exposure > 0 ? near / _near.Exposure : 0;
            _floor = floor / _events.CellPeriods;
        }
        while (++step < MaximumSteps);
        return likelihood;
    }

    /// <summary>A running rate and how much of it is expected again.</summary>
    sealed class Component(TrainingEvents events, double weight)
    {
        readonly double[] _sums = new double[events.Targets];

        public double Weight { get; set; } = weight;

        public double[] Scores { get; } = new double[events.TargetEntries];

        public double Exposure { get; private set; }

        public void Run(double halfLife, double bandwidth)
        {
            RateScores.Run(events, halfLife, bandwidth, Scores, _sums);
            Exposure = _sums.Sum();
        }
    }
}
