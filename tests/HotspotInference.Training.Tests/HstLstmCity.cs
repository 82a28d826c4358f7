using HotspotInference.Features;
using HotspotInference.Grids;
using HotspotInference.Heatmaps;
using HotspotInference.Prediction;
using HotspotInference.Training.Architectures;
using HotspotInference.Training.Data;
using TorchSharp;

namespace HotspotInference.Training.Tests;

/// <summary>A small city whose incidents follow each other by a rule, and what a training of <c>hst-lstm</c> on it needs.</summary>
sealed class HstLstmCity
{
    public const int Rows = 4, Columns = 6;

    static readonly DateTime s_start = new(2020, 1, 1);

    HstLstmCity(IEnumerable<Incident> incidents, int steps)
    {
        Incidents = [.. incidents];
        Spec = new HeatmapSpec { Grid = new GridSpec(new GeoBounds(10, 20, 10 + 0.01 * Rows, 20 + 0.01 * Columns), Rows, Columns) };
        Seen = new EventSpec { Steps = steps };
        Events = EventSequence.Of(Incidents, Spec);
    }

    public IReadOnlyList<Incident> Incidents { get; }

    public HeatmapSpec Spec { get; }

    public EventSpec Seen { get; }

    public EventSequence Events { get; }

    /// <summary>
    /// Within the hour of an incident the next one is two cells to its east, around the grid; after a longer quiet it is anywhere.
    /// </summary>
    public static HstLstmCity Moving(int count, int steps, int seed = 5)
    {
        var random = new Random(seed);
        var incidents = new List<Incident>();
        DateTime time = s_start;
        int row = 0, column = 0;
        for (int i = 0; i < count; i++)
        {
            bool isNew = i % 8 == 0;
            (row, column) = isNew ? (random.Next(Rows), random.Next(Columns)) : (row, (column + 2) % Columns);
            time += TimeSpan.FromHours(isNew ? 10 + 10 * random.NextDouble() : 0.2 + 0.7 * random.NextDouble());
            incidents.Add(At(time, row, column));
        }
        return new HstLstmCity(incidents, steps);
    }

    /// <summary>An incident in the middle of a cell.</summary>
    public static Incident At(DateTime time, int row, int column) => new(time, 10 + 0.01 * (Rows - row - 0.5), 20 + 0.01 * (column + 0.5));

    /// <summary>Some of the incidents as targets.</summary>
    public EventSet Set(int first, int count) => new(Events, Seen, Events.TimeOf(first), Events.TimeOf(first + count - 1).AddTicks(1));

    public Network Network(params (string, string)[] settings)
    {
        torch.manual_seed(7);
        Architecture architecture = ArchitectureRegistry.Find("hst-lstm");
        var shape = new NetworkShape(Seen.Steps, Seen.Features.Count, 1, Rows, Columns);
        return architecture.Create(shape, new ArchitectureSettings(architecture, settings));
    }

    public NextPlaceObjective Objective(EventSet learnt) => new(learnt.Frequencies(), Rows, Columns);

    public ModelMetadata Metadata => new()
    {
        Architecture = "hst-lstm",
        Name = "tiny",
        Heatmaps = Spec,
        Features = new FeatureSpec(),
        Events = Seen,
        Classes = Spec.Kinds.Classes,
    };
}
