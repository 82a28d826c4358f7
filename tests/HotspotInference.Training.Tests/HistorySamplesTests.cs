using HotspotInference.Features;
using HotspotInference.Heatmaps;
using HotspotInference.Training.Architectures;
using HotspotInference.Training.Data;
using TorchSharp;
using static TorchSharp.torch;

namespace HotspotInference.Training.Tests;

public sealed class HistorySamplesTests
{
    const int Rows = 5, Columns = 4, Days = 140, Target = 100;

    [Theory]
    [InlineData(1)]
    [InlineData(3)]
    public void Nothing_that_is_not_known_a_horizon_before_changes_an_input(int horizon)
    {
        float[] inputs = Inputs(changedFrom: Days, horizon);

        // At horizon 3 the two days before the target are not known either.
        Assert.Equal(inputs, Inputs(changedFrom: Target - horizon + 1, horizon));
        Assert.NotEqual(inputs, Inputs(changedFrom: Target - horizon, horizon));
    }

    [Theory]
    [InlineData(1)]
    [InlineData(3)]
    public void Samples_are_what_a_state_told_up_to_then_gives(int horizon)
    {
        HotspotNetCity city = HotspotNetCity.Random(kinds: 2, horizon: horizon);
        long[] targets = [city.Series.Periods.First + 90, city.Series.Periods.First + 60];
        using DisposeScope scope = NewDisposeScope();
        var whole = new HistorySamples(city.Series, city.Features, targets, horizon);
        var some = new HistorySamples(city.Series, city.Features, targets, horizon, [17, 3]);

        // In the order asked for, not that of time.
        Tensor history = whole.History(targets), selected = some.History(targets), calendar = whole.Calendar(targets);

        for (int i = 0; i < targets.Length; i++)
        {
            var state = new CityState(city.Series.Spec, city.Features, city.Series.Periods.First);
            while (state.NextPeriod <= targets[i] - horizon)
                state.Append(city.Series, city.Series.PositionOf(state.NextPeriod));
            float[] rates = new float[city.Features.History!.FeatureCount * city.Series.Spec.Grid.CellCount],
                days = new float[city.Features.Calendar!.Features.Count];
            state.CopyHistory(horizon, rates);
            state.CopyCalendar(horizon, days);
            Assert.Equal(rates, history[i].data<float>().ToArray());
            Assert.Equal(days, calendar[i].data<float>().ToArray());
        }
        Assert.Equal([2, 2, 7, 6], selected.shape);
        Assert.Equal(history.index_select(1, tensor([17L, 3L])).data<float>().ToArray(), selected.data<float>().ToArray());
    }

    // All that a network is given for the target.
    static float[] Inputs(int changedFrom, int horizon)
    {
        var random = new Random(1);
        // Drawn for every cell, so that what is not changed stays as it is.
        HeatmapSeries series = HotspotNetCity.Build(Rows, Columns, Days, 0, (day, _, column, _) =>
            random.NextDouble() < 0.2 + 0.1 * column ? day < changedFrom ? 1 : 0 : day < changedFrom ? 0 : 2);
        // Fitted to days before any change.
        var city = new HotspotNetCity(series, learnt: 60, horizon: horizon);
        using Network network = city.Network();
        using DisposeScope scope = NewDisposeScope();
        NetworkInput seen = city.Set(Target, 1, network).Inputs([0]), all = city.Set(Target, 1).Inputs([0]);
        return [.. seen.Maps.data<float>().ToArray(), .. seen.History!.data<float>().ToArray(), .. seen.Calendar!.data<float>().ToArray(),
            .. all.History!.data<float>().ToArray()];
    }
}
