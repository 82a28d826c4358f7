using HotspotInference.Evaluation;
using HotspotInference.Features;
using HotspotInference.Prediction;
using HotspotInference.Training.Updates;

namespace HotspotInference.Training.Tests;

public sealed class UpdateSpansTests
{
    // 120 days from 2020-01-01; windows of 4.
    readonly TinyCity _city = TinyCity.Random(days: 120);

    [Theory]
    // 30 days are new. As many as had validated compare, at most half; as many validate before them.
    [InlineData(70, 90, 15, 20)]
    [InlineData(82, 90, 8, 8)]
    [InlineData(90, 90, 15, 0)]
    public void Newest_periods_compare_and_nothing_is_used_twice(int learntTo, int validatedTo, int compared, int validation)
    {
        UpdateSpans spans = UpdateSpans.Of(Model(learntTo, validatedTo), _city.Series);

        Assert.Equal([.. Enumerable.Range(120 - compared, compared)], Days(spans.Compared));
        Assert.Equal([.. Enumerable.Range(120 - compared - validation, validation)], Days(spans.Validation));
        Assert.Equal([.. Enumerable.Range(4, learntTo - 4)], Days(spans.Known));
        Assert.Equal([.. Enumerable.Range(learntTo, 120 - compared - validation - learntTo)], Days(spans.New));
        Assert.NotEmpty(spans.New);
        Assert.True(spans.Compared[0] >= _city.Series.Periods.First + validatedTo);
    }

    [Fact]
    public void Too_few_new_periods_are_refused() =>
        Assert.Equal("update: 7 periods to forecast since 2020-04-22, what the model knows; expected at least 8, half to learn and half to compare. "
            + "Give --incidents that hold the old and the new ones, or wait for more.",
            Assert.Throws<HotspotException>(() => UpdateSpans.Of(Model(100, 113), _city.Series)).Message);

    [Fact]
    public void Replay_adds_a_sample_of_what_was_known()
    {
        UpdateSpans spans = UpdateSpans.Of(Model(70, 90), _city.Series);

        IReadOnlyList<long> sample = spans.Replay(2, seed: 3), all = spans.Replay(100, seed: 3);

        Assert.Equal(15, spans.New.Count);
        Assert.Equal(45, sample.Count);
        Assert.Equal(sample.Order().Distinct(), sample);
        Assert.Subset(spans.Learnt.ToHashSet(), sample.ToHashSet());
        Assert.Superset(spans.New.ToHashSet(), sample.ToHashSet());
        Assert.Equal(sample, spans.Replay(2, seed: 3));
        Assert.NotEqual(sample, spans.Replay(2, seed: 4));
        Assert.Equal(spans.Learnt, all);
        Assert.Equal(spans.New, spans.Replay(0, seed: 3));
    }

    [Theory]
    [InlineData(ComparisonVerdict.Better, ComparisonVerdict.NoDifference, true, "no worse")]
    [InlineData(ComparisonVerdict.NoDifference, ComparisonVerdict.NoDifference, true, "no worse")]
    [InlineData(ComparisonVerdict.Worse, ComparisonVerdict.Better, false, "worse by more than chance: log loss +0.00100 (+0.00050..+0.00150)")]
    [InlineData(ComparisonVerdict.NoDifference, ComparisonVerdict.Worse, false, "worse by more than chance: average precision")]
    [InlineData(null, ComparisonVerdict.Better, false, "too little happened")]
    public void New_version_is_published_where_no_score_is_worse(ComparisonVerdict? logLoss, ComparisonVerdict? averagePrecision, bool expected, string reason)
    {
        (bool published, string said) = ModelUpdate.Decide(
            [new("log_loss", 0.001, 0.0005, 0.0015, logLoss), new("average_precision", 0, -0.1, 0.1, averagePrecision)]);

        Assert.Equal(expected, published);
        Assert.Contains(reason, said, StringComparison.Ordinal);
        Assert.False(ModelUpdate.Decide([new("log_loss", 0, 0, 0, ComparisonVerdict.Better)]).Publish);
    }

    ModelMetadata Model(int learntTo, int validatedTo) => _city.Metadata with
    {
        Features = new FeatureSpec { Maps = _city.Window },
        Training = new DaySpan(new(2020, 1, 5), new DateOnly(2020, 1, 1).AddDays(learntTo - 1)),
        Validation = validatedTo > learntTo
            ? new DaySpan(new DateOnly(2020, 1, 1).AddDays(learntTo), new DateOnly(2020, 1, 1).AddDays(validatedTo - 1)) : null,
    };

    int[] Days(IReadOnlyList<long> periods) => [.. periods.Select(period => (int)(period - _city.Series.Periods.First))];
}
