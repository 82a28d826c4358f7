using TorchSharp;
using static TorchSharp.torch;

namespace HotspotInference.Training.Tests;

public sealed class KindObjectiveTests
{
    // Logits of kinds a, b, c, then of any; one cell each.
    static readonly float[] s_logits = [0.5f, -1, 2, -3, -0.5f, 0.25f, 4, -9];

    [Fact]
    public void Loss_is_that_of_any_and_the_cross_entropy_of_each_incident_by_hand()
    {
        using DisposeScope scope = NewDisposeScope();
        // Two windows of one cell: two incidents, of kinds a and c; none.
        Tensor logits = tensor(s_logits).view(2, 4, 1, 1), counts = tensor([1f, 0, 1, 2, 0, 0, 0, 0]).view(2, 4, 1, 1);
        double logSum = Math.Log(Math.Exp(0.5) + Math.Exp(-1) + Math.Exp(2)), kinds = logSum - 0.5 + logSum - 2;
        double any = -Math.Log(Sigmoid(-3)) - Math.Log(1 - Sigmoid(-9));

        double once = Cross().Loss(logits, counts).ToDouble(), twice = Cross(weight: 2).Loss(logits, counts).ToDouble();

        Assert.Equal((any + kinds) / 2, once, 1e-5);
        Assert.Equal((any + 2 * kinds) / 2, twice, 1e-5);
    }

    [Fact]
    public void Loss_of_counts_is_that_of_independent_Poisson_numbers_of_each_kind()
    {
        using DisposeScope scope = NewDisposeScope();
        manual_seed(3);
        Tensor logits = randn([3, 3, 4, 5]), kinds = rand([3, 2, 4, 5]).gt(0.5).to(ScalarType.Float32) * 2;
        Tensor counts = cat([kinds, kinds.sum([1], keepdim: true)], 1);
        double expected = 0;
        float[] x = logits.data<float>().ToArray(), n = kinds.data<float>().ToArray();
        for (int b = 0; b < 3; b++)
        {
            for (int cell = 0; cell < 20; cell++)
            {
                double first = Math.Exp(x[60 * b + cell]), second = Math.Exp(x[60 * b + 20 + cell]), rate = Math.Exp(x[60 * b + 40 + cell]);
                foreach ((int k, double share) in new[] { (0, first / (first + second)), (1, second / (first + second)) })
                    expected += rate * share - n[40 * b + 20 * k + cell] * Math.Log(rate * share);
            }
        }

        double found = new KindObjective(new PoissonObjective([1]), [0.5, 0.5]).Loss(logits, counts).ToDouble();

        Assert.Equal(expected / 60, found, 1e-5);
    }

    [Theory]
    [InlineData("cross-entropy")]
    [InlineData("poisson")]
    [InlineData("occurrence")]
    public void Risk_of_a_kind_is_what_its_share_leaves_of_any(string loss)
    {
        using DisposeScope scope = NewDisposeScope();
        Objective any = loss switch
        {
            "poisson" => new PoissonObjective([0.1]),
            "occurrence" => new OccurrenceObjective([0.1]),
            _ => new CrossEntropyObjective([0.1], [(100, 1)]),
        };
        var objective = new KindObjective(any, [0.2, 0.3, 0.5]);
        Tensor logits = tensor(s_logits).view(2, 4, 1, 1);

        float[] risk = objective.Risk(logits).data<float>().ToArray(), kind = objective.Kind(logits)!.data<float>().ToArray();
        float[] alone = any.Risk(logits.narrow(1, 3, 1)).data<float>().ToArray();

        for (int b = 0; b < 2; b++)
        {
            double all = risk[4 * b + 3];
            Assert.Equal(alone[b], all, 1e-9);
            Assert.Equal(1, kind.Skip(3 * b).Take(3).Sum(), 1e-6);
            for (int k = 0; k < 3; k++)
                Assert.Equal(1 - Math.Pow(1 - all, kind[3 * b + k]), risk[4 * b + k], 2e-7);
            // Nothing of any kind is nothing at all.
            Assert.Equal(1 - all, risk.Skip(4 * b).Take(3).Aggregate(1.0, (none, one) => none * (1 - one)), 1e-6);
        }
    }

    [Fact]
    public void Risk_of_a_kind_keeps_its_digits_where_it_is_tiny()
    {
        using DisposeScope scope = NewDisposeScope();
        Tensor logits = tensor([0f, 0, 0, -16]).view(1, 4, 1, 1);

        double risk = Cross().Risk(logits).data<float>().ToArray()[0];

        Assert.Equal(1, risk / (Math.Exp(-16) / 3), 1e-5);
    }

    [Fact]
    public void Constant_logits_give_the_rates_that_they_were_made_from()
    {
        using DisposeScope scope = NewDisposeScope();
        var objective = new KindObjective(new CrossEntropyObjective([0.04], [(100, 1)]), [0.2, 0.3, 0.5]);
        Tensor logits = tensor(objective.ConstantLogits, ScalarType.Float32).view(1, 4, 1, 1);

        Assert.Equal([0.2f, 0.3f, 0.5f], objective.Kind(logits)!.data<float>().ToArray(), (a, b) => Math.Abs(a - b) < 1e-6);
        Assert.Equal(0.04, objective.Risk(logits).data<float>().ToArray()[3], 1e-6);
    }

    [Fact]
    public void Score_of_the_kinds_is_the_cross_entropy_an_incident_beside_that_of_their_shares()
    {
        using DisposeScope scope = NewDisposeScope();
        Tensor logits = tensor([0f, 0, 9, 0]).view(1, 4, 1, 1), counts = tensor([2f, 0, 1, 3]).view(1, 4, 1, 1);
        double logSum = Math.Log(2 + Math.Exp(9));

        KindScore score = KindObjective.Score(logits, counts)!;

        Assert.Equal(3, score.Incidents);
        Assert.Equal((2 * logSum + logSum - 9) / 3, score.CrossEntropy, 1e-5);
        Assert.Equal(-(2 * Math.Log(2 / 3.0) + Math.Log(1 / 3.0)) / 3, score.SharesCrossEntropy, 1e-9);
        Assert.Null(KindObjective.Score(logits, zeros([1, 4, 1, 1])));
    }

    [Fact]
    public void Shifts_of_the_kinds_make_their_mean_over_the_incidents_what_happened()
    {
        using DisposeScope scope = NewDisposeScope();
        manual_seed(4);
        Tensor logits = randn([5, 4, 6, 7]) * 2, kinds = rand([5, 3, 6, 7]).gt(tensor([0.9f, 0.97f, 0.6f]).view(-1, 1, 1)).to(ScalarType.Float32);
        Tensor counts = cat([kinds, kinds.sum([1], keepdim: true)], 1);
        var shifts = new double[4];

        Cross().FitKinds(logits, counts, shifts);

        float[] kind = Cross().Kind(logits + tensor(shifts, ScalarType.Float32).view(-1, 1, 1))!.data<float>().ToArray(), n = counts.data<float>().ToArray();
        double[] told = new double[3], happened = new double[3];
        for (int b = 0; b < 5; b++)
        {
            for (int i = 0; i < 3 * 42; i++)
            {
                told[i / 42] += n[b * 168 + 126 + i % 42] * kind[b * 126 + i];
                happened[i / 42] += n[b * 168 + i];
            }
        }
        double all = happened.Sum();
        Assert.All(told.Zip(happened), pair => Assert.Equal((pair.Second + 0.5) * all / (all + 1.5), pair.First, 0.01));
        Assert.Equal(0, shifts[3]);
    }

    static KindObjective Cross(double weight = 1) => new(new CrossEntropyObjective([0.1], [(1, 1)]), [0.2, 0.3, 0.5], weight);

    static double Sigmoid(double x) => 1 / (1 + Math.Exp(-x));
}
