using HotspotInference.Features;
using HotspotInference.Forecasts;
using HotspotInference.Prediction;

namespace HotspotInference;

/// <summary>
/// Runs a model of the next incident: the last incidents in, a probability for each cell out. Needs nothing but the model file. One
/// instance serves any number of threads at once from one session, and nothing is allocated on the raw path once a batch size has been
/// seen.
/// </summary>
public sealed class NextIncidentPredictor : INextIncidentForecaster, IDisposable
{
    readonly HotspotPredictor _model;
    readonly EventSpec _events;

    NextIncidentPredictor(HotspotPredictor model)
    {
        _model = model;
        _events = model.Metadata.Events!;
    }

    /// <summary>What the model says of itself.</summary>
    public ModelMetadata Metadata => _model.Metadata;

    /// <inheritdoc/>
    public string Name => Metadata.Name;

    /// <summary>What it needs to know of the last incidents.</summary>
    public EventSpec Events => _events;

    /// <summary>The grid whose cells it ranks.</summary>
    public GridSpec Grid => Metadata.Heatmaps.Grid;

    /// <inheritdoc/>
    public int NeededEvents => _events.NeededEvents;

    /// <summary>Loads a model from a file.</summary>
    /// <param name="path">The .onnx file.</param>
    /// <param name="options">How to run it; null for the defaults.</param>
    /// <exception cref="HotspotException">As for <see cref="HotspotPredictor.Load(string, HotspotPredictorOptions?)"/>, or the model
    /// forecasts risk and not the next incident.</exception>
    public static NextIncidentPredictor Load(string path, HotspotPredictorOptions? options = null) =>
        new(HotspotPredictor.LoadFile(path, options, givesNext: true));

    /// <summary>Loads a model from memory, which may be reused afterwards.</summary>
    /// <inheritdoc cref="Load(string, HotspotPredictorOptions?)"/>
    /// <param name="model">The content of an .onnx file.</param>
    /// <param name="options">How to run it; null for the defaults.</param>
    public static NextIncidentPredictor Load(ReadOnlyMemory<byte> model, HotspotPredictorOptions? options = null) =>
        new(HotspotPredictor.LoadMemory(model, options, givesNext: true));

    /// <summary>Puts incidents in order as the model needs them: its grid, kinds, days left out and history.</summary>
    /// <param name="incidents">The incidents, in any order.</param>
    public EventSequence CreateEvents(IEnumerable<Incident> incidents) =>
        EventSequence.Of(incidents, Metadata.Heatmaps, Metadata.HistoryFrom);

    /// <summary>Forecasts the place of the next incident as it was to be expected at a moment.</summary>
    /// <param name="incidents">The incidents, in any order; those at or after the moment are not looked at.</param>
    /// <param name="moment">The moment, wall-clock. What is forecast is the first incident behind the last one before it.</param>
    /// <exception cref="HotspotException">Too few incidents lie before.</exception>
    public NextIncidentForecast Predict(IEnumerable<Incident> incidents, DateTime moment) =>
        Predict(CreateEvents(incidents).Before(moment));

    /// <summary>Forecasts the place of the next incident.</summary>
    /// <param name="past">The incidents known, made by <see cref="CreateEvents"/>.</param>
    /// <exception cref="HotspotException">Too few incidents are known.</exception>
    public NextIncidentForecast Predict(PastEvents past)
    {
        var probabilities = new float[Grid.CellCount];
        Predict(past, probabilities);
        return new NextIncidentForecast(Grid, probabilities);
    }

    /// <inheritdoc/>
    /// <exception cref="HotspotException">Too few incidents are known.</exception>
    public void Predict(PastEvents past, Span<float> probabilities)
    {
        Span<float> features = _events.WindowLength <= 1024 ? stackalloc float[_events.WindowLength] : new float[_events.WindowLength];
        past.CopyFeatures(_events, features);
        Predict(features, probabilities);
    }

    /// <summary>Forecasts from raw tensors, several moments at once. Allocates nothing once the batch size has been seen.</summary>
    /// <param name="events"><c>[batch, step, feature]</c> as <see cref="EventSpec"/> has them; the batch follows from the length.</param>
    /// <param name="next">Receives <c>[batch, row, column]</c>, which sums to 1 for each; exactly that long.</param>
    /// <exception cref="HotspotException">A row or column is outside the grid, or an interval is below 0 or no number.</exception>
    /// <exception cref="ArgumentException">A span is of another length.</exception>
    /// <exception cref="ObjectDisposedException">The predictor is disposed.</exception>
    public void Predict(ReadOnlySpan<float> events, Span<float> next)
    {
        int batch = events.Length / _events.WindowLength;
        if (batch == 0 || events.Length != batch * _events.WindowLength)
            throw new ArgumentException($"{events.Length} elements given; expected a multiple of {_events.WindowLength}.", nameof(events));
        if (next.Length != batch * Grid.CellCount)
            throw new ArgumentException($"{next.Length} elements given; expected {batch * Grid.CellCount}.", nameof(next));
        for (int i = 0; i < events.Length; i += _events.Features.Count)
        {
            if (!(events[i] >= 0 && events[i] < Grid.Rows && events[i + 1] >= 0 && events[i + 1] < Grid.Columns
                && events[i + 2] >= 0 && events[i + 3] >= 0))
                throw new HotspotException("events",
                    $"an incident in row {events[i]}, column {events[i + 1]}, after {events[i + 2]} hours and {events[i + 3]} meters",
                    $"a cell of {Grid.Rows} rows and {Grid.Columns} columns, and intervals of at least 0",
                    "Make the events with CreateEvents.");
        }
        _model.Predict(new HotspotInput { Batch = batch, Rows = Grid.Rows, Columns = Grid.Columns, Steps = _events.Steps, Events = events },
            new HotspotOutput { Next = next });
    }

    /// <summary>Frees the session and its memory, once calls that are under way have ended.</summary>
    public void Dispose() => _model.Dispose();
}
