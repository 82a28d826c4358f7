using HotspotInference.Training.Architectures;
using HotspotInference.Training.Architectures.HstLstm;
using HotspotInference.Training.Data;
using HotspotInference.Training.Export;
using TorchSharp;
using static TorchSharp.torch;

namespace HotspotInference.Training.Tests;

public sealed class HstLstmTests
{
    // What PyTorch 1.13.0 computed, once, in double precision, of the paper's equations written gate by gate and incident by incident, with
    // the slots found by search: element i (from 1) of the parameter number n is sin(n i). Grid 3 x 4, embedding 2, hidden 3, slots of 2
    // hours up to 8 and of 500 m up to 1500.
    static readonly float[] s_events = [0, 1, 0.5f, 100, 1, 3, 2, 740, 2, 0, 3.3f, 1600, 2, 2, 9.9f, 0, 0, 0, 7.75f, 499, 1, 1, 0, 1200];

    static readonly float[] s_threeSessions =
    [
        0.035341798f, 0.027321798f, 0.042764499f, 0.097187021f, 0.180765397f, 0.187259912f, 0.104995541f, 0.04562188f, 0.027704633f,
        0.033705687f, 0.069426625f, 0.147905209f,
    ];

    static readonly float[] s_oneSession =
    [
        0.035436444f, 0.027143144f, 0.042930776f, 0.097905885f, 0.179865356f, 0.186946002f, 0.105929892f, 0.045610333f, 0.027545087f,
        0.033921293f, 0.069789366f, 0.146976421f,
    ];

    const double Loss = 3.087367851983367;

    // The sums of the absolute gradients of that loss, three sessions, by the names of the parameters; and the first element of each.
    static readonly Dictionary<string, (double Sum, double First)> s_gradients = new()
    {
        ["_cells"] = (0.2045388856111956, 0.0007647637877127058),
        ["_time_bounds"] = (0.05104533097775474, -0.0067725173257586965),
        ["_distance_bounds"] = (0.03316723882276808, -0.00010434599990645655),
        ["_encoder._time_weight"] = (0.0008736329824077992, -1.4942298920869675e-05),
        ["_encoder._distance_weight"] = (0.0007853523828298562, -1.903209176766763e-05),
        ["_encoder._state_weight"] = (0.0003196141876554219, -1.793836647972686e-06),
        ["_decoder._input_weight"] = (0.41519047739447, -0.009225399588386477),
        ["_decoder._time_weight"] = (0.08079323970279477, 0.005913752755393035),
        ["_decoder._distance_weight"] = (0.08152192430187095, -0.00421669981812424),
        ["_head_weight"] = (0.10603513095501482, 0.00032070345701848565),
    };

    static readonly string[] s_parameters =
    [
        "_cells", "_time_bounds", "_distance_bounds", "_encoder._input_weight", "_encoder._state_weight", "_encoder._bias", "_encoder._time_weight",
        "_encoder._distance_weight", "_context._input_weight", "_context._state_weight", "_context._bias", "_decoder._input_weight",
        "_decoder._state_weight", "_decoder._bias", "_decoder._time_weight", "_decoder._distance_weight", "_head_weight", "_head_bias",
    ];

    [Theory]
    [InlineData(3)]
    [InlineData(1)]
    public void Network_follows_the_equations_of_the_paper(int sessions)
    {
        using DisposeScope scope = NewDisposeScope();
        using HstLstmNetwork network = Known(sessions);
        var objective = new NextPlaceObjective(new double[12], 3, 4);
        Tensor counts = zeros([1, 1, 3, 4]);
        counts[TensorIndex.Ellipsis, 1, 3] = tensor(1f);

        Tensor logits = network.call(NetworkInput.OfEvents(tensor(s_events).view(1, 6, 4)));

        Assert.Equal(sessions == 3 ? s_threeSessions : s_oneSession, objective.Risk(logits).data<float>().ToArray(), (a, b) => Math.Abs(a - b) < 1e-6);
        if (sessions == 1)
            return;
        Tensor loss = objective.Loss(logits, counts);
        loss.backward();
        Assert.Equal(Loss, loss.ToDouble(), 1e-5);
        foreach ((string name, (double sum, double first)) in s_gradients)
        {
            Tensor gradient = network.named_parameters().Single(parameter => parameter.name == name).parameter.grad!;
            Assert.Equal(sum, gradient.abs().sum().ToDouble(), 1e-5 * Math.Max(sum, 0.01));
            Assert.Equal(first, gradient.flatten()[0].ToDouble(), 1e-5 * Math.Max(Math.Abs(first), 0.01));
        }
    }

    [Theory]
    [InlineData(0, new float[] { 1, 0, 0 })]
    [InlineData(150, new float[] { 0.25f, 0.75f, 0 })]
    [InlineData(200, new float[] { 0, 1, 0 })]
    [InlineData(390, new float[] { 0, 0.05f, 0.95f })]
    [InlineData(10_000, new float[] { 0, 0, 1 })]
    public void Interval_lies_between_the_bounds_of_its_slot(float interval, float[] expected)
    {
        using DisposeScope scope = NewDisposeScope();

        Tensor weights = new IntervalSlots(2, 400).Weights(tensor([interval]));

        Assert.Equal(expected, weights.data<float>().ToArray(), (a, b) => Math.Abs(a - b) < 1e-6);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(4)]
    public void Exported_network_ranks_as_libtorch_does(int sessions)
    {
        HstLstmCity city = HstLstmCity.Moving(60, steps: 8);
        EventSet set = city.Set(20, 40);
        using Network network = city.Network(("sessions", $"{sessions}"), ("hidden", "7"), ("embedding", "5"));
        network.eval();
        using (no_grad())
        {
            foreach ((_, Tensor tensor) in network.state_dict())
                tensor.uniform_(-1, 1);
        }
        NextPlaceObjective objective = city.Objective(set);
        byte[] model = NextIncidentModel.Build(network, objective, city.Metadata).ToArray();

        Assert.InRange(NextIncidentParity.Run(network, objective, model, set), 0, ParityCheck.Tolerance);

        using var predictor = NextIncidentPredictor.Load(model);
        float[] probabilities = predictor.Predict(city.Incidents, city.Incidents[30].Time).Probabilities.ToArray();
        Assert.Equal(1, probabilities.Sum(), 1e-5);
        // Far enough from even that a transposed grid or a lost step would show.
        Assert.NotInRange(probabilities.Max() / probabilities.Min(), 1, 3);
        network.ShiftLogits([.. Enumerable.Range(0, 24).Select(cell => 0.01 * cell)]);
        Assert.Throws<HotspotException>(() => NextIncidentParity.Run(network, objective, model, set));
    }

    [Theory]
    [InlineData("sessions", "3", "divisor")]
    [InlineData("slot-hours", "3", "two numbers")]
    [InlineData("slot-meters", "0,5", "at least 1")]
    public void Setting_that_cannot_be_used_is_refused(string name, string value, string expected) =>
        Assert.Contains(expected, Assert.Throws<HotspotException>(() => HstLstmCity.Moving(20, steps: 8).Network((name, value))).Message,
            StringComparison.Ordinal);

    static HstLstmNetwork Known(int sessions)
    {
        var network = new HstLstmNetwork(new NetworkShape(6, 4, 1, 3, 4), sessions, 2, 3, new IntervalSlots(4, 8), new IntervalSlots(3, 1500), 0);
        using var noGrad = no_grad();
        foreach ((string name, Tensor parameter) in network.named_parameters())
        {
            int number = Array.IndexOf(s_parameters, name) + 1;
            Assert.NotEqual(0, number);
            double[] values = [.. Enumerable.Range(1, (int)parameter.numel()).Select(i => Math.Sin(number * i))];
            parameter.copy_(tensor(values, ScalarType.Float32).view(parameter.shape));
        }
        return network;
    }
}
