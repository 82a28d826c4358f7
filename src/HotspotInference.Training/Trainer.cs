using System.Diagnostics;
using System.Runtime.InteropServices;
using HotspotInference.Training.Architectures;
using HotspotInference.Training.Data;
using TorchSharp;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace HotspotInference.Training;

/// <summary>
/// Trains a network with Adam. The same seed, data, machine and number of threads give the same weights to the last bit, in one go or
/// resumed from a checkpoint, at an epoch's end or within: the order of the windows follows from seed and epoch alone.
/// </summary>
sealed class Trainer : IDisposable
{
    readonly Network _network;
    readonly Objective _objective;
    readonly ISampleSet _training;
    readonly ISampleSet? _validation;
    readonly TrainerOptions _options;
    readonly Adam _optimizer;
    readonly optim.lr_scheduler.LRScheduler? _scheduler;
    readonly List<EpochLog> _epochs = [];
    byte[]? _bestWeights;
    // The network as it began, as an epoch 0; null where that was no forecast.
    EpochLog? _start;
    // Steps done of the epoch under way, and the sum of their losses.
    int _steps;
    double _lossSum;

    /// <summary>Prepares a training.</summary>
    /// <param name="network">The network, which is trained in place.</param>
    /// <param name="objective">What to make small.</param>
    /// <param name="training">The windows to learn.</param>
    /// <param name="validation">The windows that decide which epoch is best; null lets the training loss decide.</param>
    /// <param name="options">How to train.</param>
    public Trainer(Network network, Objective objective, ISampleSet training, ISampleSet? validation, TrainerOptions options)
    {
        _network = network;
        _objective = objective;
        _training = training;
        _validation = validation;
        _options = options;
        _optimizer = optim.Adam(network.parameters(), options.LearningRate);
        _scheduler = options is { Schedule: RateSchedule.Plateau, Plateau: > 0 }
            ? optim.lr_scheduler.ReduceLROnPlateau(_optimizer, patience: options.Plateau - 1) : null;
    }

    /// <summary>The epochs done.</summary>
    public IReadOnlyList<EpochLog> Epochs => _epochs;

    /// <summary>
    /// The epoch of the lowest loss, 0 where none is below that of the network as it began; null before the first has ended.
    /// </summary>
    public EpochLog? Best => (_start is null ? _epochs : _epochs.Prepend(_start)).MinBy(epoch => epoch.DecidingLoss);

    int StepsPerEpoch => (_training.Count + _options.Batch - 1) / _options.Batch;

    /// <summary>
    /// Trains until the epochs are done or something ends it earlier, then gives the network the weights of the best epoch.
    /// </summary>
    /// <param name="save">Called after each epoch, and where training ends within one.</param>
    /// <param name="progress">Called after each step.</param>
    /// <param name="cancellationToken">Ends the training after the step under way.</param>
    /// <exception cref="HotspotException">Memory does not suffice, or the loss is no number.</exception>
    public StopReason Run(Action<Trainer> save, Action<TrainingProgress> progress, CancellationToken cancellationToken = default)
    {
        try
        {
            var clock = Stopwatch.StartNew();
            StopReason reason = Train(clock, save, progress, cancellationToken);
            if (reason != StopReason.Cancelled && _bestWeights is { } best)
                Restore(best);
            return reason;
        }
        catch (Exception e) when (IsOutOfMemory(e))
        {
            throw OutOfMemory(e, _options.Batch);
        }
    }

    /// <summary>Whether a failure is for want of memory: libtorch says so in words only.</summary>
    public static bool IsOutOfMemory(Exception failure) =>
        failure is OutOfMemoryException
            || (failure is ExternalException && failure.Message.Contains("allocate memory", StringComparison.Ordinal));

    /// <summary>What to say where memory does not suffice.</summary>
    public static HotspotException OutOfMemory(Exception failure, int batch) => new("training",
        $"memory that does not suffice ({failure.Message.Split('\n')[0]})", "room for the network and a batch",
        $"Use a smaller --batch than {batch}, fewer --hidden channels or --layers, or a coarser grid. The last checkpoint is whole.",
            failure);

    StopReason Train(Stopwatch clock, Action<Trainer> save, Action<TrainingProgress> progress, CancellationToken cancellationToken)
    {
        if (_options.IsFitted && _validation is not null && _start is null)
        {
            double held = ValidationLoss();
            _start = new EpochLog(0, held, held, 0, 0, 0);
            _bestWeights = Weights();
        }
        while (_epochs.Count < Math.Min(_options.Epochs, _options.StopAfter ?? _options.Epochs))
        {
            if (_options.Patience > 0 && Best is { } best && _epochs.Count - best.Epoch >= _options.Patience)
                return StopReason.NoImprovement;
            TimeSpan start = clock.Elapsed;
            int epoch = _epochs.Count + 1, firstStep = _steps;
            int[] order = Order(epoch);
            if (_options.Schedule == RateSchedule.Cosine)
                _optimizer.ParamGroups.First().LearningRate = _options.LearningRate * 0.5 * (1
                    + Math.Cos(Math.PI * (epoch - 1) / _options.Epochs));
            _network.train();
            for (; _steps < StepsPerEpoch; _steps++)
            {
                bool isLate = clock.Elapsed >= _options.Limit;
                if (isLate || cancellationToken.IsCancellationRequested)
                {
                    save(this);
                    return isLate ? StopReason.TimeLimit : StopReason.Cancelled;
                }
                _lossSum += Step(order.AsSpan(_steps * _options.Batch, Math.Min(_options.Batch, order.Length - _steps * _options.Batch)));
                progress(Progress(epoch, firstStep, clock.Elapsed - start, null));
            }
            double pace = Pace(firstStep, clock.Elapsed - start), rate = _optimizer.ParamGroups.First().LearningRate;
            double? held = _validation is null ? null : ValidationLoss();
            var done = new EpochLog(epoch, _lossSum / StepsPerEpoch, held, rate, pace, (clock.Elapsed - start).TotalSeconds);
            _epochs.Add(done);
            if (Best == done)
                _bestWeights = Weights();
            _scheduler?.step(done.DecidingLoss);
            (_steps, _lossSum) = (0, 0);
            save(this);
            progress(Progress(epoch, 0, clock.Elapsed - start, done));
        }
        return _epochs.Count < _options.Epochs ? StopReason.Paused : StopReason.Finished;
    }

    double Step(ReadOnlySpan<int> positions)
    {
        using DisposeScope scope = NewDisposeScope();
        Tensor loss = _network.TrainingLoss(_objective, _training.Inputs(positions), _training.Counts(positions));
        _optimizer.zero_grad();
        loss.backward();
        if (_options.ClipNorm > 0)
            nn.utils.clip_grad_norm_(_network.parameters(), _options.ClipNorm);
        _optimizer.step();
        double value = loss.ToDouble();
        return double.IsFinite(value) ? value
            : throw new HotspotException("training", $"a loss of {value} in epoch {_epochs.Count + 1}", "a number",
            "Use a smaller --learning-rate, or go on from the last checkpoint with --resume.");
    }

    double ValidationLoss()
    {
        _network.eval();
        using var noGrad = no_grad();
        double sum = 0;
        foreach (int[] positions in Enumerable.Range(0, _validation!.Count).Chunk(_options.Batch))
        {
            using DisposeScope scope = NewDisposeScope();
            sum += positions.Length * _objective.Loss(_network.call(_validation.Inputs(positions)), _validation.Counts(positions))
                .ToDouble();
        }
        return sum / _validation.Count;
    }

    int[] Order(int epoch)
    {
        int[] order = [.. Enumerable.Range(0, _training.Count)];
        new Random(unchecked(_options.Seed * 1_000_003 + epoch)).Shuffle(order);
        return order;
    }

    double Pace(int firstStep, TimeSpan elapsed) =>
        (Math.Min(_steps * _options.Batch, _training.Count) - firstStep * _options.Batch) / Math.Max(elapsed.TotalSeconds, 1e-9);

    TrainingProgress Progress(int epoch, int firstStep, TimeSpan elapsed, EpochLog? completed)
    {
        if (completed is not null)
            return new TrainingProgress((double)epoch / _options.Epochs, epoch, completed.TrainingLoss, completed.SamplesPerSecond,
                TimeSpan.FromSeconds((_options.Epochs - epoch) * completed.Seconds), completed);
        int stepsDone = _steps + 1, stepsLeft = (_options.Epochs - epoch) * StepsPerEpoch + StepsPerEpoch - stepsDone;
        double secondsPerStep = elapsed.TotalSeconds / (stepsDone - firstStep);
        return new TrainingProgress((epoch - 1 + (double)stepsDone / StepsPerEpoch) / _options.Epochs, epoch, _lossSum / stepsDone,
            Math.Min(_options.Batch, _training.Count) / secondsPerStep, TimeSpan.FromSeconds(stepsLeft * secondsPerStep), null);
    }

    byte[] Weights()
    {
        using var buffer = new MemoryStream();
        using var writer = new BinaryWriter(buffer);
        _network.save(writer);
        return buffer.ToArray();
    }

    void Restore(byte[] weights)
    {
        using var reader = new BinaryReader(new MemoryStream(weights));
        _network.load(reader);
    }

    /// <summary>All that the rest of the training depends on.</summary>
    public TrainerState Capture()
    {
        using var optimizer = new MemoryStream();
        using var writer = new BinaryWriter(optimizer);
        _optimizer.save_state_dict(writer);
        using Tensor random = torch.random.get_rng_state();
        return new TrainerState(_start, [.. _epochs], _steps, _lossSum, Weights(), _bestWeights,
            optimizer.ToArray(), random.bytes.ToArray());
    }

    /// <summary>Goes on from a state of a training of the same network, data and options.</summary>
    public void Resume(TrainerState state)
    {
        _start = state.Start;
        _epochs.Clear();
        _epochs.AddRange(state.Epochs);
        // The scheduler's state cannot be stored; what it has seen can be shown to it again.
        foreach (EpochLog epoch in _epochs)
            _scheduler?.step(epoch.DecidingLoss);
        (_steps, _lossSum, _bestWeights) = (state.Steps, state.LossSum, state.BestWeights);
        Restore(state.Weights);
        using (var reader = new BinaryReader(new MemoryStream(state.Optimizer)))
            _optimizer.load_state_dict(reader);
        using Tensor random = empty([state.Random.Length], ScalarType.Byte);
        state.Random.CopyTo(random.bytes);
        torch.random.set_rng_state(random);
    }

    /// <summary>Frees what the optimiser holds; the network stays.</summary>
    public void Dispose() => _optimizer.Dispose();
}
