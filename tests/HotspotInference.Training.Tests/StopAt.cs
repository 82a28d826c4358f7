namespace HotspotInference.Training.Tests;

/// <summary>Cancels as soon as a word is written to it.</summary>
sealed class StopAt(string word, CancellationTokenSource stop) : StringWriter
{
    public override void Write(string? value)
    {
        base.Write(value);
        if (value?.Contains(word, StringComparison.Ordinal) == true)
            stop.Cancel();
    }
}
