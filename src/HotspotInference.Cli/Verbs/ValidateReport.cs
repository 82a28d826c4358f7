using HotspotInference.Evaluation;
using HotspotInference.Prediction;

namespace HotspotInference.Cli.Verbs;

/// <summary>What <c>hotspot validate --json</c> reports.</summary>
sealed record ValidateReport(DaySpan Span, string Cadence, GridSpec Grid, string Window, IReadOnlyList<ValidateReport.Split> Splits,
    IReadOnlyList<ValidateReport.Score> Refits, IReadOnlyList<ValidateReport.Score> Horizons,
    IReadOnlyList<ValidateReport.Known> LearningCurve)
{
    /// <summary>One split, by its days.</summary>
    public sealed record Split(DaySpan Known, DaySpan Training, DaySpan Test)
    {
        public static Split Of(WalkForwardSplit split) => new(Days(split.Known), Days(split.Training), Days(split.Test));
    }

    /// <summary>One kind of forecaster at one refit interval and horizon.</summary>
    public sealed record Score(string Forecaster, string Refit, int Horizon, int Fits, IReadOnlyList<ForecasterScore> Splits,
        ForecasterScore Pooled)
    {
        public static Score Of(WalkForwardScore score) =>
            new(score.Forecaster, score.Refit.Name, score.Horizon, score.Fits, score.Splits, score.Pooled);
    }

    /// <summary>What forecasters are worth that know so much.</summary>
    public sealed record Known(double Years, Split Split, IReadOnlyList<ForecasterScore> Scores);

    public static DaySpan Days(Periods.PeriodRange periods) =>
        new(DateOnly.FromDateTime(periods.Start), DateOnly.FromDateTime(periods.EndTime.AddTicks(-1)));
}
