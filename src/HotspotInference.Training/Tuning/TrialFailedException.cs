namespace HotspotInference.Training.Tuning;

/// <summary>A trial has no score; the message says why.</summary>
sealed class TrialFailedException(string message, Exception? innerException = null) : Exception(message, innerException);
