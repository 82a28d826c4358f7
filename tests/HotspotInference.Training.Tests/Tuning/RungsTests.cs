using HotspotInference.Training.Tuning;

namespace HotspotInference.Training.Tests.Tuning;

public sealed class RungsTests
{
    [Theory]
    [InlineData(27, 3, "3 9 27")]
    [InlineData(30, 3, "3 10 30")]
    [InlineData(5, 1, "1 5")]
    [InlineData(5, 2, "5")]
    public void Rungs_triple_up_to_all_epochs(int epochs, int least, string expected) =>
        Assert.Equal(expected, string.Join(' ', Rungs.Halving(epochs, least).Epochs));

    // Three at the first rung let the best go on; two more let nobody; the sixth makes two of six, and trial 0 has gone.
    [Fact]
    public void Best_third_goes_on_as_soon_as_there_is_one()
    {
        var rungs = Rungs.Halving(9, 1);
        List<TrialResult> results = [Result(0, 0, 0.5), Result(1, 0, 0.7)];
        Assert.Null(rungs.Promote(results, []));

        results.Add(Result(2, 0, 0.6));
        Assert.Equal((0, 1), rungs.Promote(results, []));
        Assert.Null(rungs.Promote(results, [(0, 1)]));

        results.AddRange([Result(0, 1, 0.4), Result(3, 0, 0.1), Result(4, 0, 0.2)]);
        Assert.Equal((3, 1), rungs.Promote(results, []));
        results.Add(Result(5, 0, null));
        Assert.Equal((4, 1), rungs.Promote(results, [(3, 1)]));
    }

    [Fact]
    public void Higher_rung_goes_first()
    {
        var rungs = Rungs.Halving(9, 1);
        List<TrialResult> results = [.. Enumerable.Range(0, 12).Select(trial => Result(trial, 0, trial)),
            .. Enumerable.Range(0, 3).Select(trial => Result(trial, 1, 9 - trial))];

        Assert.Equal((2, 2), rungs.Promote(results, []));
    }

    [Fact]
    public void Trainings_that_failed_go_nowhere()
    {
        var rungs = Rungs.Halving(3, 1);

        Assert.Null(rungs.Promote([.. Enumerable.Range(0, 6).Select(trial => Result(trial, 0, null))], []));
        Assert.Null(Rungs.Whole(3).Promote([.. Enumerable.Range(0, 6).Select(trial => Result(trial, 0, trial))], []));
    }

    static TrialResult Result(int trial, int rung, double? score) => new(trial, rung, 1, ["1"], score, [], 1, score is null
        ? "out of memory" : null);
}
