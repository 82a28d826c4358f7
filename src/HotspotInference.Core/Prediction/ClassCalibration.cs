namespace HotspotInference.Prediction;

/// <summary>
/// The calibration of one class. <see cref="CalibrationMethod.Temperature"/> has <see cref="Slope"/> and <see cref="Shift"/>,
/// <see cref="CalibrationMethod.Isotonic"/> has <see cref="Risks"/> and <see cref="Calibrated"/>. Immutable.
/// </summary>
public sealed record ClassCalibration
{
    /// <summary>Knots of an isotonic calibration, the two ends included, at most.</summary>
    public const int MaximumKnots = 32;

    /// <summary>The class.</summary>
    public required string Class { get; init; }

    /// <summary>What the network's log intensity is multiplied with, above 0.</summary>
    public double? Slope { get; init; }

    /// <summary>What is added to it then.</summary>
    public double? Shift { get; init; }

    /// <summary>Risks before calibration, rising from 0 to 1, 2 to <see cref="MaximumKnots"/>.</summary>
    public IReadOnlyList<double>? Risks { get; init; }

    /// <summary>What becomes of each, rising from 0 to 1; straight in between.</summary>
    public IReadOnlyList<double>? Calibrated { get; init; }
}
