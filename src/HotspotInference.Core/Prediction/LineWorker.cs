namespace HotspotInference.Prediction;

/// <summary>
/// Works down the line of a <see cref="ConcurrencyGate"/> whenever it is woken with a place; its thread ends when idle for long.
/// </summary>
sealed class LineWorker(ConcurrencyGate gate)
{
    // So that a predictor that nobody disposes keeps no threads.
    static readonly TimeSpan s_idle = TimeSpan.FromSeconds(5);

    bool _hasThread;
    bool _isWoken;

    /// <summary>Begins to work; the place is its own.</summary>
    public void Wake()
    {
        lock (this)
        {
            _isWoken = true;
            Monitor.Pulse(this);
            if (_hasThread)
                return;
            _hasThread = true;
        }
        new Thread(WorkWhenWoken) { IsBackground = true, Name = nameof(HotspotInference) }.UnsafeStart();
    }

    void WorkWhenWoken()
    {
        while (WaitUntilWoken())
        {
            while (gate.Next(this) is { } caller)
                caller.Serve();
        }
    }

    bool WaitUntilWoken()
    {
        lock (this)
        {
            while (!_isWoken)
            {
                if (!Monitor.Wait(this, s_idle) && !_isWoken)
                    return _hasThread = false;
            }
            _isWoken = false;
            return true;
        }
    }
}
