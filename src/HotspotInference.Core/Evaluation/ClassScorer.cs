using System.Globalization;

namespace HotspotInference.Evaluation;

/// <summary>The formulas of every score of one class, over sums of statistics.</summary>
sealed class ClassScorer(ScoringOptions options, PeriodStatistics statistics, ScoreRecorder scores)
{
    readonly StatisticsLayout _layout = statistics.Layout;

    public ClassScore Score()
    {
        ScoreSample whole = scores.Whole;
        return new ClassScore
        {
            Events = whole[StatisticsLayout.Events],
            EventsOutside = whole[StatisticsLayout.EventsOutside],
            EventsInMargin = whole[StatisticsLayout.EventsInMargin],
            BaseRate = BaseRate(whole),
            HitRate = ByCoverage("hit_rate", (sample, c) => sample[StatisticsLayout.Hits(c)] / AllEvents(sample)),
            HitRateTieNeutral = ByCoverage("hit_rate_tie_neutral",
                (sample, c) => sample[StatisticsLayout.ExpectedHits(c)] / AllEvents(sample)),
            Pai = ByCoverage("pai", (sample, c) =>
                sample[StatisticsLayout.Hits(c)] / AllEvents(sample) / ((double)statistics.FlaggedCells(c) / statistics.Cells)),
            PeiStar = ByCoverage("pei_star", (sample, c) => sample[StatisticsLayout.Hits(c)] / sample[StatisticsLayout.BestHits(c)]),
            AveragePrecision = scores.Higher("average_precision", sample => sample.Ranking.AveragePrecision),
            RocAuc = scores.Higher("roc_auc", sample => sample.Ranking.RocAuc),
            Brier = Mean("brier", StatisticsLayout.SquaredError),
            LogLoss = Mean("log_loss", StatisticsLayout.LogLoss),
            PoissonDeviance = Mean("poisson_deviance", StatisticsLayout.Deviance),
            Mae = Mean("mae", StatisticsLayout.CountError),
            Rmse = scores.Lower("rmse", sample => Math.Sqrt(sample[StatisticsLayout.SquaredCountError] / sample.CellPeriods))!.Value,
            MaskedMae = scores.Lower("masked_mae", sample => sample[StatisticsLayout.MaskedError] / sample[StatisticsLayout.Positives]),
            MaskedMape = scores.Lower("masked_mape",
                sample => sample[StatisticsLayout.MaskedRelativeError] / sample[StatisticsLayout.Positives]),
            Ece = scores.Lower("ece", sample => CalibrationError(sample, _layout.EqualWidthBins))!.Value,
            EceEqualMass = scores.Lower("ece_equal_mass", sample => CalibrationError(sample, _layout.EqualMassBins))!.Value,
            EceActiveCells = scores.Lower("ece_active_cells", sample => CalibrationError(sample, _layout.ActiveBins)),
            Reliability = new ReliabilityCurves(
                Curve(_layout.EqualWidthBins), Curve(_layout.EqualMassBins), Curve(_layout.ActiveBins)),
            Fss = ByWindow(w => scores.Higher(Path("fss", options.FssWindows[w]), sample => Fss(sample, w))),
            FssUniform = ByWindow(w => scores.Neutral(sample => FssOfUniform(sample, w))),
            Labels = options.LabelPercentiles.Select((percentile, p) => (percentile, Score: Labels(percentile, p)))
                .ToDictionary(pair => pair.percentile, pair => pair.Score),
        };
    }

    LabelScore Labels(double percentile, int p)
    {
        Estimate Count(CellLabel label) => scores.Neutral(sample => sample[_layout.Label(p, label)])!.Value;
        string path = Path("labels", percentile);
        Func<ScoreSample, double> Over(int first, Func<LabelCounts, double> formula) => sample => formula(Counts(sample, first));
        int own = _layout.Label(p, default), random = _layout.RandomLabel(p, default);
        LabelRates rates = Rates((name, higherIsBetter, formula) => higherIsBetter switch
        {
            true => scores.Higher($"{path}/{name}", Over(own, formula)),
            false => scores.Lower($"{path}/{name}", Over(own, formula)),
            null => scores.Neutral(Over(own, formula)),
        });
        return new LabelScore(rates, randomMap: Rates((_, _, formula) => scores.Neutral(Over(random, formula))))
        {
            TrueNegative = Count(CellLabel.TrueNegative),
            Correct = Count(CellLabel.Correct),
            FalsePositive = Count(CellLabel.FalsePositive),
            FalsePositiveNeighbour = Count(CellLabel.FalsePositiveNeighbour),
            FalseNegative = Count(CellLabel.FalseNegative),
            FalseNegativeNeighbour = Count(CellLabel.FalseNegativeNeighbour),
        };
    }

    LabelRates Rates(Func<string, bool?, Func<LabelCounts, double>, Estimate?> measure) => new()
    {
        FlaggedShare = measure("flagged_share", null, counts => counts.FlaggedShare)!.Value,
        CorrectRate = measure("correct_rate", true, counts => counts.CorrectRate),
        CorrectOrNeighbourRate = measure("correct_or_neighbour_rate", true, counts => counts.CorrectOrNeighbourRate),
        FalseNegativeRate = measure("false_negative_rate", false, counts => counts.FalseNegativeRate),
        Accuracy = measure("accuracy", true, counts => counts.Accuracy)!.Value,
        TolerantAccuracy = measure("tolerant_accuracy", true, counts => counts.TolerantAccuracy)!.Value,
        BalancedAccuracy = measure("balanced_accuracy", true, counts => counts.BalancedAccuracy),
        TolerantBalancedAccuracy = measure("tolerant_balanced_accuracy", true, counts => counts.TolerantBalancedAccuracy),
        WeightedAccuracy = options.EventWeights.ToDictionary(weight => weight,
            weight => measure(Path("weighted_accuracy", weight), true, counts => counts.WeightedAccuracy(weight))!.Value),
        TolerantWeightedAccuracy = options.EventWeights.ToDictionary(weight => weight,
            weight => measure(Path("tolerant_weighted_accuracy", weight), true, counts => counts.TolerantWeightedAccuracy(weight))!.Value),
    };

    static LabelCounts Counts(ScoreSample sample, int first)
    {
        double Count(CellLabel label) => sample[first + (int)label];
        return new LabelCounts(Count(CellLabel.TrueNegative), Count(CellLabel.Correct), Count(CellLabel.FalsePositive),
            Count(CellLabel.FalsePositiveNeighbour), Count(CellLabel.FalseNegative), Count(CellLabel.FalseNegativeNeighbour));
    }

    // Cell-periods x |mean risk - frequency|: the number of cell-periods in a bin cancels out.
    double CalibrationError(ScoreSample sample, int first)
    {
        double error = 0, cellPeriods = 0;
        for (int bin = first; bin < first + StatisticsLayout.BinWidth * options.CalibrationBins; bin += StatisticsLayout.BinWidth)
        {
            error += Math.Abs(sample[bin] - sample[bin + 1]);
            cellPeriods += sample[bin + 2];
        }
        return error / cellPeriods;
    }

    ReliabilityBin[] Curve(int first) =>
        [.. scores.Whole.Totals.AsSpan(first, StatisticsLayout.BinWidth * options.CalibrationBins).ToArray()
            .Chunk(StatisticsLayout.BinWidth)
            .Where(bin => bin[2] > 0).Select(bin => new ReliabilityBin(bin[0] / bin[2], bin[1] / bin[2], bin[2]))];

    double Fss(ScoreSample sample, int window)
    {
        int first = _layout.Fractions(window);
        // 1 - (rr - 2 ro + oo) / (rr + oo).
        return 2 * sample[first + NeighbourhoodFractions.RiskOutcome]
            / (sample[first + NeighbourhoodFractions.RiskRisk] + sample[first + NeighbourhoodFractions.OutcomeOutcome]);
    }

    double FssOfUniform(ScoreSample sample, int window)
    {
        int first = _layout.Fractions(window);
        double risk = BaseRate(sample);
        return 2 * risk * sample[first + NeighbourhoodFractions.UniformOutcome]
            / (risk * risk * sample[first + NeighbourhoodFractions.UniformUniform] + sample[first + NeighbourhoodFractions.OutcomeOutcome]);
    }

    Estimate Mean(string path, int statistic) => scores.Lower(path, sample => sample[statistic] / sample.CellPeriods)!.Value;

    Dictionary<double, Estimate?> ByCoverage(string name, Func<ScoreSample, int, double> formula) => options.Coverages
        .Select((coverage, c) => (coverage, Value: scores.Higher(Path(name, coverage), sample => formula(sample, c))))
        .ToDictionary(pair => pair.coverage, pair => pair.Value);

    Dictionary<int, Estimate?> ByWindow(Func<int, Estimate?> measure) => options.FssWindows
        .Select((window, w) => (window, Value: measure(w))).ToDictionary(pair => pair.window, pair => pair.Value);

    static string Path(string name, double key) => string.Create(CultureInfo.InvariantCulture, $"{name}/{key}");

    static double AllEvents(ScoreSample sample) => sample[StatisticsLayout.Events] + sample[StatisticsLayout.EventsOutside];

    static double BaseRate(ScoreSample sample) => sample[StatisticsLayout.Positives] / sample.CellPeriods;
}
