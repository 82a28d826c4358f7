using System.Runtime.ExceptionServices;

namespace HotspotInference.Prediction;

/// <summary>
/// Does a bounded number of callers' work at a time; the others sleep in line. Whoever is awake may go again before those who sleep, which
/// spares a change of threads for short work, until the first in line has slept too long. Then places go to threads of the gate's own,
/// which work down the line in turn: a thread that goes on keeps its processor, while each that is woken may be put behind another on a
/// busy one and leave the free one idle for milliseconds. Allocates nothing once as many have waited at a time as ever will. Thread-safe.
/// </summary>
/// <param name="limit">How many at a time, at least 1.</param>
/// <param name="patience">How long one sleeps before the line goes in turn: until its first has slept a quarter of that only.</param>
sealed class ConcurrencyGate(int limit, TimeSpan patience)
{
    // The first in line that found no place looks again by itself: to wake it whenever another goes again would cost more than the shortest
    // work.
    static readonly TimeSpan s_pause = TimeSpan.FromMilliseconds(1);

    readonly Lock _lock = new();
    readonly Queue<WaitingCaller> _line = new();
    readonly Stack<WaitingCaller> _spare = new();
    readonly Stack<LineWorker> _idle = new();
    int _free = limit;
    // The first in line is about to look for a place.
    bool _isLooking;
    bool _inTurn;

    /// <summary>Waits for a place and does work there, or sleeps until a thread of the gate's own has done it.</summary>
    /// <param name="work">A copy of its own on this thread's stack, where others find it while this thread sleeps.</param>
    /// <exception cref="Exception">What the work throws, whoever did it.</exception>
    public void Run<TWork>(TWork work)
        where TWork : struct, IGatedWork, allows ref struct
    {
        if (Enter(ref work) is { } caller)
        {
            TimeSpan sleep = Timeout.InfiniteTimeSpan;
            do
                caller.Sleep(sleep);
            while (!caller.IsServed && !TakePlace(caller, out sleep));
            (bool isServed, Exception? error) = (caller.IsServed, caller.Error);
            lock (_lock)
                _spare.Push(caller);
            if (error is not null)
                ExceptionDispatchInfo.Throw(error);
            if (isServed)
                return;
        }
        try
        {
            work.Run();
        }
        finally
        {
            Exit();
        }
    }

    /// <summary>
    /// The next in line for a worker that holds a place; null, and the place is free, where the line does not go in turn any more.
    /// </summary>
    internal WaitingCaller? Next(LineWorker worker)
    {
        WaitingCaller? looking;
        lock (_lock)
        {
            if (_inTurn)
            {
                WaitingCaller next = _line.Dequeue();
                _inTurn = _line.TryPeek(out WaitingCaller? head) && head.Waited > patience / 4;
                return next;
            }
            // It may be woken again before it sleeps.
            _idle.Push(worker);
            looking = Free();
        }
        looking?.Wake();
        return null;
    }

    // Null where there is a place; else the one that sleeps.
    WaitingCaller? Enter<TWork>(ref TWork work)
        where TWork : struct, IGatedWork, allows ref struct
    {
        lock (_lock)
        {
            if (_free > 0 && !_inTurn)
            {
                _free--;
                return null;
            }
            WaitingCaller caller = _spare.Count > 0 ? _spare.Pop() : new WaitingCaller();
            caller.Join(ref work);
            _line.Enqueue(caller);
            return caller;
        }
    }

    // Only the first in line looks: this one.
    bool TakePlace(WaitingCaller caller, out TimeSpan sleep)
    {
        WaitingCaller? next;
        lock (_lock)
        {
            _inTurn = _free == 0 && caller.Waited > patience;
            _isLooking = _free == 0 && !_inTurn;
            sleep = _isLooking ? s_pause : Timeout.InfiniteTimeSpan;
            if (_free == 0)
                return false;
            _free--;
            _line.Dequeue();
            next = FirstToLook();
        }
        next?.Wake();
        return true;
    }

    void Exit()
    {
        WaitingCaller? looking = null;
        LineWorker? worker = null;
        lock (_lock)
        {
            if (!_inTurn)
                looking = Free();
            else if (!_idle.TryPop(out worker))
                worker = new LineWorker(this);
        }
        looking?.Wake();
        worker?.Wake();
    }

    WaitingCaller? Free()
    {
        _free++;
        return FirstToLook();
    }

    WaitingCaller? FirstToLook()
    {
        if (_free == 0 || _line.Count == 0 || _isLooking)
            return null;
        _isLooking = true;
        return _line.Peek();
    }
}
