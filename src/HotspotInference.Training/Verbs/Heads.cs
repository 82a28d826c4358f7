namespace HotspotInference.Training.Verbs;

/// <summary>What a network's outputs are, where kinds are told apart.</summary>
enum Heads
{
    /// <summary>A risk for each class, learnt by itself.</summary>
    Classes,

    /// <summary>Whether there is any incident, and the kind of an incident.</summary>
    Kinds,
}
