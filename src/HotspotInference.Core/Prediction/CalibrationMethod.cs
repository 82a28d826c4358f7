namespace HotspotInference.Prediction;

/// <summary>How a model's risk was fitted to days that it did not learn, beyond its level.</summary>
public enum CalibrationMethod
{
    /// <summary>
    /// Each class's logit is scaled and shifted (Guo et al. 2017, section 4.2, "Platt scaling" and "temperature scaling").
    /// </summary>
    Temperature,

    /// <summary>Each class's risk goes through a rising line of straight pieces (Zadrozny and Elkan 2002).</summary>
    Isotonic,
}
