using System.Runtime.InteropServices;
using System.Security.Cryptography;
using HotspotInference.Features;
using HotspotInference.Training.Architectures;
using static TorchSharp.torch;

namespace HotspotInference.Training.Data;

/// <summary>
/// Incidents to forecast, each from the last ones strictly before it: incidents of the same time do not see each other.
/// </summary>
sealed class EventSet : ISampleSet
{
    readonly EventSequence _events;
    readonly EventSpec _spec;
    readonly int[] _targets;

    /// <param name="events">All incidents.</param>
    /// <param name="spec">What the network is told of those before.</param>
    /// <param name="start">The first moment whose incidents are targets.</param>
    /// <param name="end">The moment behind the last.</param>
    public EventSet(EventSequence events, EventSpec spec, DateTime start, DateTime end)
    {
        (_events, _spec) = (events, spec);
        int first = events.Before(start).Count;
        _targets = [.. Enumerable.Range(first, events.Before(end).Count - first)
            .Where(i => events.Before(events.TimeOf(i)).Count >= spec.NeededEvents)];
    }

    public int Count => _targets.Length;

    /// <summary>How often each cell is the target, <c>[row, column]</c>.</summary>
    public double[] Frequencies()
    {
        var counts = new double[_events.Spec.Grid.CellCount];
        foreach (int target in _targets)
            counts[_events.CellOf(target)]++;
        return counts;
    }

    /// <summary>SHA-256 of incidents: the same in another order or with other columns give the same.</summary>
    public static string Fingerprint(PastEvents events)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        Span<long> one = stackalloc long[2];
        for (int i = 0; i < events.Count; i++)
        {
            (one[0], one[1]) = (events.TimeOf(i).Ticks, events.CellOf(i));
            hash.AppendData(MemoryMarshal.AsBytes(one));
        }
        return Convert.ToHexStringLower(hash.GetHashAndReset());
    }

    public NetworkInput Inputs(ReadOnlySpan<int> positions)
    {
        Tensor events = empty([positions.Length, _spec.Steps, _spec.Features.Count], ScalarType.Float32);
        Span<float> values = MemoryMarshal.Cast<byte, float>(events.bytes);
        for (int i = 0; i < positions.Length; i++)
            _events.Before(_events.TimeOf(_targets[positions[i]]))
                .CopyFeatures(_spec, values.Slice(i * _spec.WindowLength, _spec.WindowLength));
        return NetworkInput.OfEvents(events);
    }

    /// <summary>1 in the cell of the incident, <c>[batch, 1, row, column]</c>.</summary>
    public Tensor Counts(ReadOnlySpan<int> positions)
    {
        GridSpec grid = _events.Spec.Grid;
        Tensor counts = zeros([positions.Length, 1, grid.Rows, grid.Columns], ScalarType.Float32);
        Span<float> values = MemoryMarshal.Cast<byte, float>(counts.bytes);
        for (int i = 0; i < positions.Length; i++)
            values[i * grid.CellCount + _events.CellOf(_targets[positions[i]])] = 1;
        return counts;
    }
}
