namespace HotspotInference.Prediction;

/// <summary>What a caller wants done behind a <see cref="ConcurrencyGate"/>; by its own thread or, while it waits, by another's.</summary>
interface IGatedWork
{
    /// <summary>Does it, once.</summary>
    void Run();
}
