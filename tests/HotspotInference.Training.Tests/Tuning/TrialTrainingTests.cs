using HotspotInference.Cli.Tests;
using HotspotInference.Periods;
using HotspotInference.Prediction;
using HotspotInference.Training.Tuning;

namespace HotspotInference.Training.Tests.Tuning;

public sealed class TrialTrainingTests : IDisposable
{
    static readonly SearchSpace s_space = new([HyperParameterText.Parse("hidden=int:2..8")]);

    readonly TemporaryFolder _folder = new();
    readonly List<string> _commands = [];

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Blocks_lie_one_behind_the_other_and_fill_the_days_that_decide()
    {
        IReadOnlyList<DaySpan> blocks = TuningBlocks.Of(new(new(2015, 1, 1), new(2015, 1, 11)), 3, Cadence.Day);
        IReadOnlyList<DaySpan> weeks = TuningBlocks.Of(new(new(2015, 1, 5), new(2015, 2, 1)), 3, Cadence.Parse("week"));

        Assert.Equal("2015-01-01..2015-01-03 2015-01-04..2015-01-07 2015-01-08..2015-01-11", string.Join(' ', blocks));
        // Four weeks from a Monday on.
        Assert.Equal("2015-01-05..2015-01-11 2015-01-12..2015-01-18 2015-01-19..2015-02-01", string.Join(' ', weeks));
        Assert.Throws<HotspotException>(() => TuningBlocks.Of(new(new(2015, 1, 1), new(2015, 1, 2)), 3, Cadence.Day));
    }

    [Fact]
    public void Training_of_a_block_reads_nothing_behind_it()
    {
        IReadOnlyList<double> scores = Training(Rungs.Whole(9)).Run(new TrialJob(3, 0, ["4"]), TestContext.Current.CancellationToken);

        Assert.Equal([0.25, 0.25], scores);
        Assert.Equal(2, _commands.Count);
        Assert.StartsWith("train --epochs 9 --out", _commands[0], StringComparison.Ordinal);
        Assert.EndsWith("--train-to 2020-02-09 --validate-to 2020-02-19 --to 2020-02-19 --hidden 4", _commands[0],
            StringComparison.Ordinal);
        Assert.EndsWith("--train-to 2020-02-19 --validate-to 2020-02-29 --to 2020-02-29 --hidden 4", _commands[1],
            StringComparison.Ordinal);
        Assert.False(Directory.Exists(_folder["3"]));
    }

    [Fact]
    public void Training_goes_on_from_the_rung_before_where_its_checkpoint_is_left()
    {
        TrialTraining training = Training(Rungs.Halving(9, 1));
        training.Run(new TrialJob(3, 0, ["4"]), TestContext.Current.CancellationToken);
        training.Run(new TrialJob(3, 1, ["4"]), TestContext.Current.CancellationToken);
        File.Delete(Path.Combine(_folder["3"], "block-2.checkpoint"));
        training.Run(new TrialJob(3, 2, ["4"]), TestContext.Current.CancellationToken);

        Assert.EndsWith("--stop-after 1", _commands[0], StringComparison.Ordinal);
        Assert.EndsWith("--stop-after 3 --resume", _commands[2], StringComparison.Ordinal);
        Assert.EndsWith("--hidden 4 --resume", _commands[4], StringComparison.Ordinal);
        Assert.EndsWith("--hidden 4", _commands[5], StringComparison.Ordinal);
        Assert.False(Directory.Exists(_folder["3"]));
    }

    TrialTraining Training(Rungs rungs) => new((arguments, _) =>
    {
        _commands.Add(string.Join(' ', arguments));
        File.WriteAllText(Path.ChangeExtension(arguments[arguments.ToList().IndexOf("--out") + 1], ".checkpoint"), "");
        return """{"best":{"validation_loss":0.25}}""";
    }, ["--epochs", "9"], s_space, rungs, TrialObjective.Loss, TinyCity.Moving().Series,
        [new(new(2020, 2, 10), new(2020, 2, 19)), new(new(2020, 2, 20), new(2020, 2, 29))], 1, Path.GetDirectoryName(_folder["x"])!);
}
