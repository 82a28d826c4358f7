using HotspotInference.Prediction;

namespace HotspotInference;

/// <summary>
/// Where a model's results go, as raw float32 tensors in row-major order; row 0 is the northern edge. Those that are not wanted are left
/// empty. The memory is the caller's and is only written during the call.
/// </summary>
public readonly ref struct HotspotOutput
{
    /// <summary><c>[batch, class, row, column]</c>: the probability of at least one incident.</summary>
    public Span<float> Risk { get; init; }

    /// <summary><c>[batch, class, row, column]</c>: the expected number of incidents.</summary>
    public Span<float> Intensity { get; init; }

    /// <summary><c>[batch, kind, row, column]</c>: the probability of each kind given an incident; sums to 1 over kinds.</summary>
    public Span<float> Kind { get; init; }

    /// <summary><c>[batch, state, row, column]</c>: what a streaming model knows once it has seen the map; its next state.</summary>
    public Span<float> NextState { get; init; }

    /// <summary><c>[batch, row, column]</c>: where the next incident will be; of a <see cref="NextIncidentPredictor"/>.</summary>
    internal Span<float> Next { get; init; }

    /// <summary>The tensors in the order of <see cref="ModelContract.Outputs"/>.</summary>
    internal Span<float> this[int index] => index switch
    {
        0 => Risk,
        1 => Intensity,
        2 => Kind,
        3 => NextState,
        _ => Next,
    };
}
