using HotspotInference.Prediction;

namespace HotspotInference;

/// <summary>
/// What a model is given, as raw float32 tensors in row-major order; row 0 is the northern edge. Those that the model does not declare
/// are left empty. The memory is the caller's and is only read during the call.
/// </summary>
public readonly ref struct HotspotInput
{
    /// <summary>A batch of one.</summary>
    public HotspotInput() => Batch = 1;

    /// <summary>How many forecasts at once, at least 1. 1 by default.</summary>
    public int Batch { get; init; }

    /// <summary>Rows of the grid.</summary>
    public int Rows { get; init; }

    /// <summary>Columns of the grid.</summary>
    public int Columns { get; init; }

    /// <summary>Steps of <see cref="Events"/>; 0 where the model takes none.</summary>
    public int Steps { get; init; }

    /// <summary><c>[batch, time, channel, row, column]</c>: the heat maps of the window.</summary>
    public ReadOnlySpan<float> Maps { get; init; }

    /// <summary><c>[batch, feature, row, column]</c>: rates of past incidents.</summary>
    public ReadOnlySpan<float> History { get; init; }

    /// <summary><c>[batch, feature]</c>: features of the target period.</summary>
    public ReadOnlySpan<float> Calendar { get; init; }

    /// <summary>
    /// <c>[batch, feature, row, column]</c>: features of other origin, as they stand in their tables: the network standardises them.
    /// </summary>
    public ReadOnlySpan<float> External { get; init; }

    /// <summary>
    /// <c>[batch, state, row, column]</c>: what a streaming model knows of the maps before; zeros where there are none. May be the memory
    /// of <see cref="HotspotOutput.NextState"/>.
    /// </summary>
    public ReadOnlySpan<float> State { get; init; }

    /// <summary><c>[batch, step, feature]</c>: single incidents, oldest first.</summary>
    public ReadOnlySpan<float> Events { get; init; }

    internal RunShape Shape => new(Batch, Rows, Columns, Steps);

    /// <summary>The tensors in the order of <see cref="ModelContract.Inputs"/>.</summary>
    internal ReadOnlySpan<float> this[int index] => index switch
    {
        0 => Maps,
        1 => History,
        2 => Calendar,
        3 => External,
        4 => State,
        _ => Events,
    };
}
