namespace HotspotInference.Prediction;

/// <summary>
/// How a model's risk was fitted to its validation span. The model applies it by itself: this is for who wants to know. Immutable.
/// </summary>
/// <param name="Method">The kind of function.</param>
/// <param name="Classes">Its numbers, for each class of the model in order.</param>
public sealed record ModelCalibration(CalibrationMethod Method, IReadOnlyList<ClassCalibration> Classes);
