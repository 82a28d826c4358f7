using System.Diagnostics;
using HotspotInference.Prediction;

namespace HotspotInference.Tests.Prediction;

public sealed class ConcurrencyGateTests
{
    static readonly TimeSpan s_never = TimeSpan.FromDays(1);

    readonly struct Work(Action action) : IGatedWork
    {
        public void Run() => action();
    }

    readonly ref struct Sum(ReadOnlySpan<int> values, Span<int> sum) : IGatedWork
    {
        readonly ReadOnlySpan<int> _values = values;
        readonly Span<int> _sum = sum;

        public void Run()
        {
            foreach (int value in _values)
                _sum[0] += value;
            _sum[1] = Environment.CurrentManagedThreadId;
        }
    }

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
                bool yields = i % 50 == 0;
                gate.Run(new Work(() =>
                {
                    InterlockedMax(ref most, Interlocked.Increment(ref inside));
                    if (yields)
                        Thread.Yield();
                    Interlocked.Increment(ref entries);
                    Interlocked.Decrement(ref inside);
                }));
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
        var order = new List<int>();
        var threads = new List<Thread>();
        gate.Run(new Work(() =>
        {
            for (int i = 0; i < 6; i++)
            {
                int caller = i;
                threads.AddRange(Start(1, () => gate.Run(new Work(() => order.Add(caller)))));
                WaitUntilAsleep(threads[^1]);
            }
        }));

        // The first in line looks, finds that this thread was quicker, and from then on it goes by turns.
        gate.Run(new Work(() => { }));
        Join([.. threads]);

        Assert.Equal(Enumerable.Range(0, 6), order);
    }

    [Fact]
    public void A_greedy_caller_does_not_keep_another_out()
    {
        var gate = new ConcurrencyGate(1, TimeSpan.FromMilliseconds(1));
        using var greedy = new GreedyCaller(gate);
        Thread[] modest = Start(1, () =>
        {
            for (int i = 0; i < 20; i++)
                gate.Run(new Work(() => { }));
        });

        Join(modest);
    }

    [Fact]
    public void The_gates_own_threads_find_the_spans_of_callers_wherever_the_collector_moved_them()
    {
        var gate = new ConcurrencyGate(1, TimeSpan.FromMilliseconds(1));
        using var greedy = new GreedyCaller(gate);
        int served = 0;
        Thread[] threads = Start(3, () =>
        {
            var clock = Stopwatch.StartNew();
            for (int i = 0; Volatile.Read(ref served) < 20; i++)
            {
                Assert.True(clock.Elapsed < TimeSpan.FromSeconds(60), "nobody was served");
                // Young arrays, behind garbage: every collection moves them.
                _ = new byte[1000];
                int[] values = [.. Enumerable.Range(i, 100)];
                int[] sum = new int[2];
                gate.Run(new Sum(values, sum));
                Assert.Equal(100 * i + 4950, sum[0]);
                if (sum[1] != Environment.CurrentManagedThreadId)
                    Interlocked.Increment(ref served);
            }
        });
        while (threads.Any(thread => thread.IsAlive))
        {
            GC.Collect(0, GCCollectionMode.Forced, blocking: true, compacting: true);
            Thread.Yield();
        }
        Join(threads);

        Assert.InRange(served, 20, int.MaxValue);
    }

    [Fact]
    public void What_the_work_throws_reaches_its_owner_whoever_did_it()
    {
        var gate = new ConcurrencyGate(1, TimeSpan.FromMilliseconds(1));
        using var greedy = new GreedyCaller(gate);
        Thread[] threads = Start(2, () =>
        {
            var clock = Stopwatch.StartNew();
            for (int served = 0; served < 3;)
            {
                Assert.True(clock.Elapsed < TimeSpan.FromSeconds(60), "nobody was served");
                int runner = 0;
                string own = $"{Environment.CurrentManagedThreadId}";
                var e = Assert.Throws<InvalidOperationException>(() => gate.Run(new Work(() =>
                {
                    runner = Environment.CurrentManagedThreadId;
                    throw new InvalidOperationException(own);
                })));
                Assert.Equal(own, e.Message);
                served += runner == Environment.CurrentManagedThreadId ? 0 : 1;
            }
        });

        Join(threads);
    }

    [Fact]
    public void Places_that_come_free_together_are_all_taken()
    {
        var gate = new ConcurrencyGate(2, s_never);
        using var both = new Barrier(2);
        using var isHeld = new CountdownEvent(2);
        using var release = new ManualResetEventSlim();
        CancellationToken token = TestContext.Current.CancellationToken;
        Thread[] holders = Start(2, () => gate.Run(new Work(() =>
        {
            isHeld.Signal();
            release.Wait(token);
        })));
        isHeld.Wait(token);
        // Passed only while both are inside.
        Thread[] threads = Start(2, () => gate.Run(new Work(() => Assert.True(both.SignalAndWait(TimeSpan.FromSeconds(30), token)))));
        foreach (Thread thread in threads)
            WaitUntilAsleep(thread);

        release.Set();

        Join([.. holders, .. threads]);
    }

    [Fact]
    public void An_interrupted_caller_keeps_its_place_in_line()
    {
        var gate = new ConcurrencyGate(1, s_never);
        bool isInterrupted = false;
        Thread[] threads = [];
        gate.Run(new Work(() =>
        {
            threads = Start(1, () =>
            {
                gate.Run(new Work(() => { }));
                try
                {
                    // No wait for anything: an interrupt that was put off is told in the next sleep.
                    Thread.Sleep(1);
                }
                catch (ThreadInterruptedException)
                {
                    isInterrupted = true;
                }
            });
            WaitUntilAsleep(threads[0]);
            threads[0].Interrupt();
        }));
        Join(threads);

        Assert.True(isInterrupted);
        gate.Run(new Work(() => { }));
    }

    [Fact]
    public void Waiting_allocates_nothing_once_as_many_have_waited()
    {
        var gate = new ConcurrencyGate(1, TimeSpan.FromTicks(1));
        long[] allocated = new long[4];
        using var warm = new Barrier(4);
        int number = -1, served = 0;
        Thread[] threads = [];
        gate.Run(new Work(() =>
        {
            threads = Start(4, () =>
            {
                int caller = Interlocked.Increment(ref number), own = Environment.CurrentManagedThreadId;
                var work = new Work(() =>
                {
                    Thread.SpinWait(200);
                    if (Environment.CurrentManagedThreadId != own)
                        Interlocked.Increment(ref served);
                });
                // Until the gate has a thread of its own.
                var clock = Stopwatch.StartNew();
                do
                    Run(work);
                while (Volatile.Read(ref served) == 0 && clock.Elapsed < TimeSpan.FromSeconds(60));
                warm.SignalAndWait(TestContext.Current.CancellationToken);
                long before = GC.GetAllocatedBytesForCurrentThread();
                Run(work);
                allocated[caller] = GC.GetAllocatedBytesForCurrentThread() - before;
            });
            // All four wait at a time, more than ever will again.
            foreach (Thread thread in threads)
                WaitUntilAsleep(thread);
        }));
        Join(threads);

        Assert.InRange(served, 1, int.MaxValue);
        Assert.Equal(new long[4], allocated);

        void Run(Work work)
        {
            for (int i = 0; i < 300; i++)
                gate.Run(work);
        }
    }

    // Leaves the gate to nobody who does not lose patience.
    sealed class GreedyCaller : IDisposable
    {
        readonly Thread _thread;
        bool _isDone;

        public GreedyCaller(ConcurrencyGate gate)
        {
            var work = new Work(() => Thread.SpinWait(2000));
            _thread = Start(1, () =>
            {
                while (!Volatile.Read(ref _isDone))
                    gate.Run(work);
            })[0];
        }

        public void Dispose()
        {
            Volatile.Write(ref _isDone, true);
            Join([_thread]);
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
