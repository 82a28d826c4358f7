using HotspotInference.Onnx.Tests.Prediction;
using HotspotInference.Pipelines;
using HotspotInference.Prediction;

namespace HotspotInference.Tests;

public sealed class StreamingModelTests
{
    [Fact]
    public void Model_that_carries_a_state_is_refused_for_rows() => Refused(StreamingModels.Graph().ToArray(), new(), "CityState");

    [Fact]
    public void Model_for_one_batch_is_taken_for_that_of_rows_only()
    {
        byte[] one = Fixed(1), three = Fixed(3);

        Refused(one, new() { BatchSize = 2 }, "BatchSize");
        Refused(three, new() { BatchSize = 3 }, "BatchSize");
        Assert.Equal(1, Samples.ML.Transforms.PredictHotspots(one).Metadata.FixedBatch);

        static byte[] Fixed(int batch) => MapModels.Graph(MapModels.Metadata with { FixedBatch = batch, Grid = GridMode.Fixed },
            inputShape: [batch, MapModels.Lags, 1, MapModels.Rows, MapModels.Columns], outputShape: [batch, 1, MapModels.Rows, MapModels.Columns]).ToArray();
    }

    static void Refused(byte[] model, HotspotPredictionOptions options, string remedy) => Assert.Contains(remedy,
        Assert.Throws<HotspotException>(() => Samples.ML.Transforms.PredictHotspots(model, options)).Message, StringComparison.Ordinal);
}
