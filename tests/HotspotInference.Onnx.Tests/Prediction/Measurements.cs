using System.Diagnostics.Metrics;

namespace HotspotInference.Onnx.Tests.Prediction;

/// <summary>What the library measures while this listens, of the models of one name; other tests' models are measured too.</summary>
sealed class Measurements : IDisposable
{
    readonly MeterListener _listener = new();
    readonly List<Measurement> _all = [];

    public Measurements(string model)
    {
        _listener.InstrumentPublished = (instrument, listener) =>
        {
            if (instrument.Meter.Name == HotspotDiagnostics.MeterName)
                listener.EnableMeasurementEvents(instrument);
        };
        _listener.SetMeasurementEventCallback<long>((instrument, value, tags, _) => Add(instrument, value, tags));
        _listener.SetMeasurementEventCallback<int>((instrument, value, tags, _) => Add(instrument, value, tags));
        _listener.SetMeasurementEventCallback<double>((instrument, value, tags, _) => Add(instrument, value, tags));
        _listener.Start();

        void Add(Instrument instrument, double value, ReadOnlySpan<KeyValuePair<string, object?>> tags)
        {
            var all = tags.ToArray().ToDictionary(tag => tag.Key, tag => tag.Value as string);
            // A model that was not loaded has no name.
            if (all.GetValueOrDefault("hotspot.model") is { } name && name != model)
                return;
            lock (_all)
                _all.Add(new Measurement(instrument.Name, instrument.Unit, value, all));
        }
    }

    public IReadOnlyList<Measurement> Of(string instrument)
    {
        lock (_all)
            return [.. _all.Where(measurement => measurement.Name == instrument)];
    }

    public void Dispose() => _listener.Dispose();

    internal sealed record Measurement(string Name, string? Unit, double Value, IReadOnlyDictionary<string, string?> Tags)
    {
        public string? Tag(string name) => Tags.GetValueOrDefault(name);
    }
}
