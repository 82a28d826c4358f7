using HotspotInference.Prediction;

namespace HotspotInference.Tests.Prediction;

public sealed class CudaSettingsTests
{
    [Fact]
    public void Defaults_are_the_first_card_all_of_its_memory_and_exact_products()
    {
        Dictionary<string, string> settings = CudaSettings.From(new HotspotPredictorOptions());

        Assert.Equal(new Dictionary<string, string> { ["device_id"] = "0", ["use_tf32"] = "0", ["cudnn_conv_algo_search"] = "EXHAUSTIVE" }, settings);
    }

    [Fact]
    public void Options_reach_the_provider_under_its_names()
    {
        Dictionary<string, string> settings = CudaSettings.From(new HotspotPredictorOptions
        {
            DeviceId = 2,
            DeviceMemoryLimitBytes = 3_000_000_000,
            ConvolutionSearch = ConvolutionSearch.Fixed,
        });

        Assert.Equal("2", settings["device_id"]);
        Assert.Equal("3000000000", settings["gpu_mem_limit"]);
        Assert.Equal("kSameAsRequested", settings["arena_extend_strategy"]);
        Assert.Equal("DEFAULT", settings["cudnn_conv_algo_search"]);
    }

    [Theory]
    [InlineData("Failed to load library libonnxruntime_providers_cuda.so with error: libcudnn.so.9: cannot open shared object file", "cuDNN")]
    [InlineData("Failed to load library libonnxruntime_providers_cuda.so with error: libcublasLt.so.12: cannot open shared object file", "CUDA libraries")]
    [InlineData("Failed to load library libonnxruntime_providers_cuda.so with error: /app/libonnxruntime_providers_cuda.so: cannot open shared object file", "beside")]
    [InlineData("CUDA failure 35: CUDA driver version is insufficient for CUDA runtime version ; GPU=0", "driver")]
    [InlineData("CUDA failure 100: no CUDA-capable device is detected ; GPU=-1", "nvidia-smi lists the card")]
    [InlineData("CUDA failure 101: invalid device ordinal ; GPU=7", "DeviceId")]
    [InlineData("CUDA failure 2: out of memory ; GPU=0", "DeviceMemoryLimitBytes")]
    [InlineData("graph nodes that are assigned to the default CPU EP, but fallback to CPU EP has been explicitly disabled by the user.", "RequireDevice")]
    [InlineData("the ONNX Runtime in use was built without CUDA", "Add the package")]
    public void Remedy_fits_what_is_missing(string reason, string remedy) =>
        Assert.Contains(remedy, CudaSettings.RemedyFor(reason), StringComparison.Ordinal);
}
