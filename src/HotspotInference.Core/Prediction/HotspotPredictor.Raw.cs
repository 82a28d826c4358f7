using HotspotInference.Features;
using HotspotInference.Prediction;
using Microsoft.ML.OnnxRuntime;

namespace HotspotInference;

// The raw path: tensors in, tensors out, nothing allocated once a shape has been seen.
public sealed partial class HotspotPredictor
{
    /// <summary>
    /// Forecasts from raw tensors. Allocates nothing once the shape has been seen; on a graphics card, the names of the inputs. On the
    /// processor large inputs are read where they are, and not copied, in the memory of up to 32 callers; other memory is, until it comes
    /// call after call.
    /// </summary>
    /// <param name="input">The tensors that the model declares, with their sizes.</param>
    /// <param name="risk">
    /// Receives <c>[batch, class, row, column]</c>: the probability of at least one incident in the cell in the period; exactly
    /// batch x classes x rows x columns long.
    /// </param>
    /// <exception cref="HotspotException">
    /// A tensor that the model needs is missing, or the grid is not the one that it is bound to.
    /// </exception>
    /// <exception cref="ArgumentException">A size is out of range, a span is of another length, or the model has no such input.</exception>
    /// <exception cref="ObjectDisposedException">The predictor is disposed.</exception>
    public void Predict(in HotspotInput input, Span<float> risk)
    {
        CheckGiven(risk, nameof(risk));
        Predict(input, new HotspotOutput { Risk = risk });
    }

    /// <summary>Forecasts from raw tensors, with the results that <paramref name="output"/> asks for.</summary>
    /// <inheritdoc cref="Predict(in HotspotInput, Span{float})"/>
    /// <param name="input">The tensors that the model declares, with their sizes.</param>
    /// <param name="output">Where the results go; one left empty is not wanted. Lengths as <see cref="HotspotOutput"/> says.</param>
    /// <exception cref="HotspotException">
    /// A tensor that the model needs is missing, a result that it does not give is wanted, or the grid is not the one that it is bound to.
    /// </exception>
    public void Predict(in HotspotInput input, in HotspotOutput output)
    {
        PredictorDiagnostics.PredictCall call = _diagnostics.Start(input.Batch);
        try
        {
            Run(input, output);
        }
        catch (Exception e)
        {
            call.Failed(e);
            throw;
        }
        call.Succeeded();
    }

    void Run(in HotspotInput input, in HotspotOutput output)
    {
        RunShape shape = input.Shape;
        CheckSizes(shape);
        CheckLengths(input, shape);
        CheckLengths(output, shape);
        _places.Run(new RawRun(this, shape, input, output));
    }

    readonly ref struct RawRun(HotspotPredictor predictor, RunShape shape, HotspotInput input, HotspotOutput output) : IGatedWork
    {
        readonly RunShape _shape = shape;
        readonly HotspotInput _input = input;
        readonly HotspotOutput _output = output;

        public unsafe void Run()
        {
            ModelBuffers buffers = predictor._buffers.Rent(_shape);
            try
            {
                // The run may read them where they are.
                fixed (float* maps = _input.Maps, history = _input.History, calendar = _input.Calendar)
                fixed (float* external = _input.External, state = _input.State, events = _input.Events)
                {
                    buffers.Take(_input);
                    predictor.Run(buffers, _output);
                }
            }
            finally
            {
                predictor._buffers.Return(buffers);
            }
        }
    }

    void Run(ModelBuffers buffers, in HotspotOutput output)
    {
        try
        {
            buffers.Run(_runOptions, output);
        }
        catch (OnnxRuntimeException e)
        {
            RunShape shape = buffers.Shape;
            throw new HotspotException(_subject,
                $"ONNX Runtime failed on {shape.Batch} x {shape.Rows} x {shape.Columns} cells ({e.Message})",
                "a model that runs on these sizes", "Try a smaller batch, or the other device.", e);
        }
    }

    /// <summary>Forecasts one period from its window of heat maps, with a model that needs no more than them.</summary>
    /// <inheritdoc cref="Predict(in HotspotInput, Span{float})"/>
    /// <param name="maps"><c>[time, channel, row, column]</c>: the maps at <see cref="MapWindowSpec.Lags"/>.</param>
    /// <param name="rows">Rows of the grid.</param>
    /// <param name="columns">Columns of the grid.</param>
    /// <param name="risk">Receives <c>[class, row, column]</c>; exactly classes x rows x columns long.</param>
    public void Predict(ReadOnlySpan<float> maps, int rows, int columns, Span<float> risk) =>
        Predict(new HotspotInput { Rows = rows, Columns = columns, Maps = maps }, risk);

    /// <summary>
    /// Runs once on empty input, so that the first forecast of a shape takes no longer than later ones: buffers are made, and on a graphics
    /// card algorithms are chosen. Thread-safe.
    /// </summary>
    /// <param name="batch">How many forecasts at once, at least 1.</param>
    /// <param name="rows">Rows of the grid; those of the model's own where null.</param>
    /// <param name="columns">Columns of the grid; those of the model's own where null.</param>
    /// <exception cref="HotspotException">The grid is not the one that the model is bound to, or the run failed.</exception>
    /// <exception cref="ArgumentOutOfRangeException">A size is out of range.</exception>
    /// <exception cref="ObjectDisposedException">The predictor is disposed.</exception>
    public void Warmup(int batch = 1, int? rows = null, int? columns = null)
    {
        var shape = new RunShape(batch, rows ?? Heatmaps.Grid.Rows, columns ?? Heatmaps.Grid.Columns,
            Metadata.Events?.Steps ?? (_contract.Inputs[^1] is null ? 0 : 1));
        CheckSizes(shape);
        Predict(new HotspotInput
        {
            Batch = shape.Batch,
            Rows = shape.Rows,
            Columns = shape.Columns,
            Steps = shape.Steps,
            Maps = Empty(0),
            History = Empty(1),
            Calendar = Empty(2),
            External = Empty(3),
            State = Empty(4),
            Events = Empty(5),
        }, default(HotspotOutput));

        float[] Empty(int input) => _contract.Inputs[input] is { } tensor ? new float[tensor.LengthFor(shape)] : [];
    }

    void CheckSizes(in RunShape shape)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(shape.Batch, 1, nameof(HotspotInput.Batch));
        ArgumentOutOfRangeException.ThrowIfLessThan(shape.Rows, 1, nameof(HotspotInput.Rows));
        ArgumentOutOfRangeException.ThrowIfLessThan(shape.Columns, 1, nameof(HotspotInput.Columns));
        ArgumentOutOfRangeException.ThrowIfGreaterThan(shape.Rows, GridSpec.MaximumSide, nameof(HotspotInput.Rows));
        ArgumentOutOfRangeException.ThrowIfGreaterThan(shape.Columns, GridSpec.MaximumSide, nameof(HotspotInput.Columns));
        if (_contract.Inputs[^1] is null)
            ArgumentOutOfRangeException.ThrowIfNotEqual(shape.Steps, 0, nameof(HotspotInput.Steps));
        else
            ArgumentOutOfRangeException.ThrowIfLessThan(shape.Steps, 1, nameof(HotspotInput.Steps));
        if (Metadata.FixedBatch is { } size && shape.Batch != size)
            throw new HotspotException(_subject, $"a batch of {shape.Batch}", $"{size}: the model was written for fixed sizes",
                "Give that many at once, forecast from a CityState, or write the model again without --fixed-batch.");
        GridSpec grid = Heatmaps.Grid;
        if (Metadata.Grid == GridMode.Fixed && (shape.Rows != grid.Rows || shape.Columns != grid.Columns))
            throw new HotspotException(_subject, $"a grid of {shape.Rows} x {shape.Columns} cells",
                $"{grid.Rows} x {grid.Columns}: the model "
                + $"{(Metadata.FixedBatch is null ? "has weights for each cell" : "was written for fixed sizes")}",
                "Use the model's own grid (Heatmaps.Grid), or a model for any grid.");
    }

    void CheckLengths(in HotspotInput input, in RunShape shape)
    {
        for (int i = 0; i < _contract.Inputs.Length; i++)
        {
            int length = input[i].Length;
            if (_contract.Inputs[i] is not { } tensor)
            {
                if (length > 0)
                    throw new ArgumentException($"{length} elements of '{ModelContract.InputName(i)}' given; expected none: "
                        + $"{_subject} has no such input.", nameof(input));
            }
            else if (length == 0)
            {
                throw new HotspotException($"{_subject}, input '{tensor.Name}'", "nothing", $"{tensor}",
                    "Give every tensor that the model declares, or forecast from a CityState, which holds them.");
            }
            else if (length != tensor.LengthFor(shape))
            {
                throw WrongLength(nameof(input), length, tensor, shape);
            }
        }
    }

    void CheckLengths(in HotspotOutput output, in RunShape shape)
    {
        for (int i = 0; i < _contract.Outputs.Length; i++)
        {
            int length = output[i].Length;
            if (length == 0)
                continue;
            if (_contract.Outputs[i] is not { } tensor)
                throw new HotspotException($"{_subject}, output '{ModelContract.OutputName(i)}'", "none", "one, as it is asked for",
                    "Ask for what the model gives (HasIntensity, HasKind).");
            if (length != tensor.LengthFor(shape))
                throw WrongLength(nameof(output), length, tensor, shape);
        }
    }

    static void CheckGiven(Span<float> risk, string parameter)
    {
        if (risk.IsEmpty)
            throw new ArgumentException("The span is empty; expected batch x classes x rows x columns elements.", parameter);
    }

    static ArgumentException WrongLength(string parameter, int length, ModelTensor tensor, in RunShape shape) =>
        new($"{length} elements of '{tensor.Name}' given; expected {tensor.LengthFor(shape)} for {tensor} "
            + $"with batch {shape.Batch}, row {shape.Rows}, column {shape.Columns}, step {shape.Steps}.", parameter);
}
