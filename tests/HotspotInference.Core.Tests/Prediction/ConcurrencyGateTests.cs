using System.Diagnostics;
using HotspotInference.Prediction;

namespace HotspotInference.Tests.Prediction;

public sealed class ConcurrencyGateTests
{
    static readonly TimeSpan s_never = TimeSpan.FromDays(1);

    [Theory]
    [InlineData(1, 0)]
    [InlineData(1, 86400)]
    [InlineData(3, 0)]
    [InlineData(3, 86400)]
    [InlineData(3, 0.0001)]
    public void No_more_than_the_limit_are_inside_and_all_get_in(int limit, double patienceSeconds)
    {
        var gate = new ConcurrencyGate(limit, TimeSpan.FromSeconds(patienceSeconds));
        int inside = 0, most = 0, entries = 0;
        Thread[] threads = Start(12, () =>
        {
            for (int i = 0; i < 500; i++)
            {
                gate.Enter();
                InterlockedMax(ref most, Interlocked.Increment(ref inside));
                if (i % 50 == 0)
                    Thread.Yield();
                Interlocked.Increment(ref entries);
                Interlocked.Decrement(ref inside);
                gate.Exit();
            }
        });
        Join(threads);

        Assert.Equal(12 * 500, entries);
        Assert.InRange(most, 1, limit);
    }

    [Fact]
    public void Who_has_lost_patience_is_served_in_the_order_of_arrival()
    {
        var gate = new ConcurrencyGate(1, TimeSpan.Zero);
        gate.Enter();
        var order = new List<int>();
        var threads = new List<Thread>();
        for (int i = 0; i < 6; i++)
        {
            int caller = i;
            threads.AddRange(Start(1, () =>
            {
                gate.Enter();
                order.Add(caller);
                gate.Exit();
            }));
            WaitUntilAsleep(threads[^1]);
        }

        // The first in line looks, finds that this thread was quicker, and from then on it goes by turns.
        gate.Exit();
        gate.Enter();
        gate.Exit();
        Join([.. threads]);

        Assert.Equal(Enumerable.Range(0, 6), order);
    }

    [Fact]
    public void A_greedy_caller_does_not_keep_another_out()
    {
        var gate = new ConcurrencyGate(1, TimeSpan.FromMilliseconds(1));
        bool isDone = false;
        Thread[] greedy = Start(1, () =>
        {
            while (!Volatile.Read(ref isDone))
            {
                gate.Enter();
                Thread.SpinWait(2000);
                gate.Exit();
            }
        });
        Thread[] modest = Start(1, () =>
        {
            for (int i = 0; i < 20; i++)
            {
                gate.Enter();
                gate.Exit();
            }
        });

        Join(modest);
        Volatile.Write(ref isDone, true);
        Join(greedy);
    }

    [Fact]
    public void Places_that_come_free_together_are_all_taken()
    {
        var gate = new ConcurrencyGate(2, s_never);
        gate.Enter();
        gate.Enter();
        using var both = new Barrier(2);
        Thread[] threads = Start(2, () =>
        {
            gate.Enter();
            // Passed only while both are inside.
            Assert.True(both.SignalAndWait(TimeSpan.FromSeconds(30), TestContext.Current.CancellationToken));
            gate.Exit();
        });
        foreach (Thread thread in threads)
            WaitUntilAsleep(thread);

        gate.Exit();
        gate.Exit();

        Join(threads);
    }

    [Fact]
    public void An_interrupted_caller_keeps_its_place_in_line()
    {
        var gate = new ConcurrencyGate(1, s_never);
        gate.Enter();
        bool isInterrupted = false;
        Thread[] threads = Start(1, () =>
        {
            gate.Enter();
            gate.Exit();
            try
            {
                Thread.Sleep(1);
            }
            catch (ThreadInterruptedException)
            {
                isInterrupted = true;
            }
        });
        WaitUntilAsleep(threads[0]);
        threads[0].Interrupt();
        gate.Exit();
        Join(threads);

        Assert.True(isInterrupted);
        gate.Enter();
    }

    [Fact]
    public void Waiting_allocates_nothing_once_as_many_have_waited()
    {
        var gate = new ConcurrencyGate(1, TimeSpan.Zero);
        long[] allocated = new long[4];
        using var warm = new Barrier(4);
        int number = -1;
        gate.Enter();
        Thread[] threads = Start(4, () =>
        {
            int caller = Interlocked.Increment(ref number);
            Run(300);
            warm.SignalAndWait(TestContext.Current.CancellationToken);
            long before = GC.GetAllocatedBytesForCurrentThread();
            Run(300);
            allocated[caller] = GC.GetAllocatedBytesForCurrentThread() - before;
        });
        // All four wait at a time, more than ever will again.
        foreach (Thread thread in threads)
            WaitUntilAsleep(thread);
        gate.Exit();
        Join(threads);

        Assert.Equal(new long[4], allocated);

        void Run(int times)
        {
            for (int i = 0; i < times; i++)
            {
                gate.Enter();
                Thread.SpinWait(200);
                gate.Exit();
            }
        }
    }

    static Thread[] Start(int count, ThreadStart action)
    {
        Thread[] threads = [.. Enumerable.Range(0, count).Select(_ => new Thread(action) { IsBackground = true })];
        foreach (Thread thread in threads)
            thread.Start();
        return threads;
    }

    static void Join(Thread[] threads) => Assert.All(threads, thread => Assert.True(thread.Join(TimeSpan.FromSeconds(60)), "a caller never got in"));

    static void WaitUntilAsleep(Thread thread)
    {
        var clock = Stopwatch.StartNew();
        while (!thread.ThreadState.HasFlag(System.Threading.ThreadState.WaitSleepJoin))
        {
            Assert.True(clock.Elapsed < TimeSpan.FromSeconds(60), "the caller never waited");
            Thread.Yield();
        }
    }

    static void InterlockedMax(ref int most, int value)
    {
        int seen;
        while ((seen = Volatile.Read(ref most)) < value && Interlocked.CompareExchange(ref most, value, seen) != seen)
        {
        }
    }
}
