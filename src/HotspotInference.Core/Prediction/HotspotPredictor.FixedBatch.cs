using System.Buffers;

namespace HotspotInference;

// Models that were written for one batch, so that all sizes are known when they are loaded.
public sealed partial class HotspotPredictor
{
    void CheckBatch(int batch)
    {
        if (Metadata.FixedBatch is { } size && batch != size)
            throw new HotspotException(_subject, $"a batch of {batch}", $"{size}: the model was written for fixed sizes",
                "Give that many at once, forecast from a CityState, or write the model again without --fixed-batch.");
    }

    // One forecast, whatever the model's batch: the others are of zeros, and looked at by nobody.
    void PredictOne(in HotspotInput input, in HotspotOutput output)
    {
        int batch = Metadata.FixedBatch ?? 1;
        if (batch == 1)
        {
            Predict(input, output);
            return;
        }
        int given = input.Maps.Length + input.History.Length + input.Calendar.Length + input.External.Length + input.State.Length,
            wanted = output.Risk.Length + output.Intensity.Length + output.Kind.Length + output.NextState.Length;
        float[] values = ArrayPool<float>.Shared.Rent(batch * (given + wanted));
        try
        {
            Span<float> rest = values;
            rest.Clear();
            var results = new HotspotOutput
            {
                Risk = Take(ref rest, batch * output.Risk.Length),
                Intensity = Take(ref rest, batch * output.Intensity.Length),
                Kind = Take(ref rest, batch * output.Kind.Length),
                NextState = Take(ref rest, batch * output.NextState.Length),
            };
            Predict(input with
            {
                Batch = batch,
                Maps = Padded(ref rest, input.Maps, batch),
                History = Padded(ref rest, input.History, batch),
                Calendar = Padded(ref rest, input.Calendar, batch),
                External = Padded(ref rest, input.External, batch),
                State = Padded(ref rest, input.State, batch),
            }, results);
            for (int i = 0; i < _contract.Outputs.Length; i++)
                results[i][..output[i].Length].CopyTo(output[i]);
        }
        finally
        {
            ArrayPool<float>.Shared.Return(values);
        }
    }

    static Span<float> Padded(ref Span<float> rest, ReadOnlySpan<float> first, int batch)
    {
        Span<float> all = Take(ref rest, batch * first.Length);
        first.CopyTo(all);
        return all;
    }

    static Span<float> Take(ref Span<float> rest, int length)
    {
        Span<float> taken = rest[..length];
        rest = rest[length..];
        return taken;
    }
}
