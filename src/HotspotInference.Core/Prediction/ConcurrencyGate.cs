using System.Diagnostics;

namespace HotspotInference.Prediction;

/// <summary>
/// Lets a bounded number of callers through at a time. The others sleep in line. Whoever runs already may go again before those who sleep, which
/// spares a change of threads for short runs, until the first in line has slept too long: then places are handed to it and to those behind it, in
/// turn (as Go's <c>sync.Mutex</c> does). Allocates nothing once as many have waited at a time as ever will. Thread-safe.
/// </summary>
/// <param name="limit">How many at a time, at least 1.</param>
/// <param name="patience">How long one sleeps before places are handed on in turn.</param>
sealed class ConcurrencyGate(int limit, TimeSpan patience)
{
    /// <summary>One that sleeps; its own monitor, so that it alone is woken.</summary>
    sealed class Sleeper
    {
        bool _isWoken;

        public long Since { get; set; }

        /// <summary>Whether the place is its own; otherwise it is to look for one.</summary>
        public bool HasPlace { get; set; }

        public void Sleep()
        {
            bool isInterrupted = false;
            lock (this)
            {
                while (!_isWoken)
                {
                    try
                    {
                        Monitor.Wait(this);
                    }
                    catch (ThreadInterruptedException)
                    {
                        // To leave the line here would lose a place; the next one to sleep is told.
                        isInterrupted = true;
                    }
                }
                _isWoken = false;
            }
            if (isInterrupted)
                Thread.CurrentThread.Interrupt();
        }

        public void Wake()
        {
            lock (this)
            {
                _isWoken = true;
                Monitor.Pulse(this);
            }
        }
    }

    readonly Lock _lock = new();
    readonly Queue<Sleeper> _line = new();
    readonly Stack<Sleeper> _spare = new();
    int _free = limit;
    // The first in line was woken to look for a place and has not looked yet.
    bool _isLooking;
    bool _inTurn;

    /// <summary>Waits for a place. Each needs one <see cref="Exit"/>.</summary>
    public void Enter()
    {
        Sleeper sleeper;
        lock (_lock)
        {
            if (_free > 0 && !_inTurn)
            {
                _free--;
                return;
            }
            sleeper = _spare.Count > 0 ? _spare.Pop() : new Sleeper();
            sleeper.Since = Stopwatch.GetTimestamp();
            _line.Enqueue(sleeper);
        }
        do
            sleeper.Sleep();
        while (!HasPlace(sleeper));
    }

    /// <summary>Gives a place back.</summary>
    public void Exit()
    {
        Sleeper? next = null;
        lock (_lock)
        {
            if (_inTurn)
            {
                next = _line.Dequeue();
                next.HasPlace = true;
                // What the line's head has waited decides whether those behind it are in such need.
                _inTurn = _line.Count > 0 && Stopwatch.GetElapsedTime(_line.Peek().Since) > patience;
            }
            else
            {
                _free++;
                if (_line.Count > 0 && !_isLooking)
                {
                    _isLooking = true;
                    next = _line.Peek();
                }
            }
        }
        next?.Wake();
    }

    bool HasPlace(Sleeper sleeper)
    {
        Sleeper? next = null;
        lock (_lock)
        {
            if (sleeper.HasPlace)
            {
                sleeper.HasPlace = false;
                _spare.Push(sleeper);
                return true;
            }
            _isLooking = false;
            if (_free == 0)
            {
                _inTurn = Stopwatch.GetElapsedTime(sleeper.Since) > patience;
                return false;
            }
            _free--;
            // Only the first in line looks: this one.
            _spare.Push(_line.Dequeue());
            if (_free > 0 && _line.Count > 0)
            {
                _isLooking = true;
                next = _line.Peek();
            }
        }
        next?.Wake();
        return true;
    }
}
