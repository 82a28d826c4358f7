using TorchSharp;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace HotspotInference.Training.Tests;

public sealed class OccurrenceObjectiveTests
{
    static readonly float[] s_logits = [-9, -4, -1, 0, 0.5f, 2, -9, -4, -1, 0, 0.5f, 2];
    static readonly float[] s_counts = [0, 0, 0, 0, 0, 0, 1, 5, 1, 2, 1, 1];

    [Fact]
    public void Loss_and_its_gradient_are_those_of_PyTorch()
    {
        using DisposeScope scope = NewDisposeScope();
        var logits = new Parameter(tensor(s_logits).view(1, 1, 2, 6));

        Tensor loss = new OccurrenceObjective([0.1]).Loss(logits, tensor(s_counts).view(1, 1, 2, 6));
        loss.backward();

        Assert.Equal(PyTorchNumbers.OccurrenceLoss, loss.ToDouble(), 1e-6);
        Assert.Equal(PyTorchNumbers.OccurrenceGradient, logits.grad!.data<float>().ToArray(),
            (a, b) => Math.Abs(a - b) <= 1e-5 * Math.Abs(a));
    }

    [Fact]
    public void How_many_incidents_there_were_does_not_matter()
    {
        using DisposeScope scope = NewDisposeScope();
        var objective = new OccurrenceObjective([0.1]);
        Tensor logits = tensor(s_logits).view(1, 1, 2, 6), counts = tensor(s_counts).view(1, 1, 2, 6);

        Assert.Equal(objective.Loss(logits, counts.clamp(0, 1)).ToDouble(), objective.Loss(logits, counts * 7).ToDouble());
    }

    [Theory]
    [InlineData(-100, 0)]
    [InlineData(-100, 1)]
    [InlineData(-100, 5)]
    [InlineData(100, 0)]
    [InlineData(100, 1)]
    [InlineData(100, 5)]
    public void Wild_logits_give_numbers(float logit, float count)
    {
        using DisposeScope scope = NewDisposeScope();
        var objective = new OccurrenceObjective([0.1]);
        var logits = new Parameter(tensor([logit]).view(1, 1, 1, 1));

        Tensor loss = objective.Loss(logits, tensor([count]).view(1, 1, 1, 1));
        loss.backward();

        // Beyond +-20 a logit counts as 20: right or wrong by 20 nats, or by e^20 expected incidents.
        double expected = (logit > 0, count > 0) switch { (false, true) => 20, (true, false) => Math.Exp(20), _ => 0 };
        Assert.Equal(expected, loss.ToDouble(), 1e-6 * Math.Exp(20) * (expected > 20 ? 1 : 0) + 1e-5);
        Assert.True(float.IsFinite(logits.grad!.item<float>()));
        Assert.Equal(logit > 0 ? 1 : Math.Exp(-20), objective.Risk(logits).item<float>(), 1e-12);
    }

    [Fact]
    public void Constant_logits_forecast_the_base_rates()
    {
        using DisposeScope scope = NewDisposeScope();
        double[] rates = [1e-5, 0.02, 0.7];
        var objective = new OccurrenceObjective(rates);

        float[] risk = objective.Risk(tensor(objective.ConstantLogits, ScalarType.Float32)).data<float>().ToArray();

        Assert.Equal(rates, risk.Select(value => (double)value), (a, b) => Math.Abs(a - b) < 1e-6 * a);
    }
}
