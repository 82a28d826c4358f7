using System.Diagnostics;
using System.Runtime.CompilerServices;

namespace HotspotInference.Prediction;

/// <summary>
/// One that sleeps in line, and where its work is: on its stack, which stands still until it is woken. Its own monitor, so that it alone is
/// woken.
/// </summary>
sealed unsafe class WaitingCaller
{
    void* _work;
    delegate*<void*, void> _run;
    long _since;
    bool _isWoken;

    /// <summary>Whether another has done the work; otherwise it is woken to look for a place.</summary>
    public bool IsServed { get; private set; }

    /// <summary>What the work threw when another did it.</summary>
    public Exception? Error { get; private set; }

    public TimeSpan Waited => Stopwatch.GetElapsedTime(_since);

    /// <summary>Begins to wait.</summary>
    /// <param name="work">A variable of the caller's stack, there until it has a place or is served.</param>
    public void Join<TWork>(ref TWork work)
        where TWork : struct, IGatedWork, allows ref struct
    {
        // Spans within it are kept up to date by the collector where they stand: the caller's frame lives.
        _work = Unsafe.AsPointer(ref work);
        _run = &RunAt<TWork>;
        _since = Stopwatch.GetTimestamp();
        IsServed = false;
        Error = null;
    }

    /// <summary>Does the work for the one that sleeps, which has left the line already, and wakes it.</summary>
    public void Serve()
    {
        try
        {
            _run(_work);
        }
        catch (Exception e)
        {
            Error = e;
        }
        IsServed = true;
        Wake();
    }

    public void Sleep(TimeSpan atMost)
    {
        bool isInterrupted = false;
        lock (this)
        {
            while (!_isWoken)
            {
                try
                {
                    if (!Monitor.Wait(this, atMost))
                        break;
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

    static void RunAt<TWork>(void* work)
        where TWork : struct, IGatedWork, allows ref struct =>
        Unsafe.AsRef<TWork>(work).Run();
}
