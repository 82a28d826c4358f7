using System.Globalization;

namespace HotspotInference.Prediction;

/// <summary>The options as ONNX Runtime's CUDA provider names them, and what to do where it cannot start.</summary>
static class CudaSettings
{
    public static Dictionary<string, string> From(HotspotPredictorOptions options)
    {
        var settings = new Dictionary<string, string>
        {
            ["device_id"] = options.DeviceId.ToString(CultureInfo.InvariantCulture),
            // TF32, on by default, keeps 10 bits of each factor: not the 1e-5 that both devices are to agree to.
            ["use_tf32"] = "0",
            ["cudnn_conv_algo_search"] = options.ConvolutionSearch switch
            {
                ConvolutionSearch.Heuristic => "HEURISTIC",
                ConvolutionSearch.Fixed => "DEFAULT",
                _ => "EXHAUSTIVE",
            },
        };
        if (options.DeviceMemoryLimitBytes is { } bytes)
        {
            settings["gpu_mem_limit"] = bytes.ToString(CultureInfo.InvariantCulture);
            // Otherwise memory grows by powers of two, past what is needed and up to the limit at once.
            settings["arena_extend_strategy"] = "kSameAsRequested";
        }
        return settings;
    }

    /// <summary>What to do, by what ONNX Runtime, the loader or CUDA say.</summary>
    /// <param name="reason">The message.</param>
    public static string RemedyFor(string reason)
    {
        const string OrElse = "; or choose Device = Cpu, or allow fallback.";
        if (Says("providers_cuda.so: cannot open") || Says("providers_shared.so: cannot open"))
            return "Copy the provider's libraries beside ONNX Runtime: they are in runtimes/ of the package "
                + "Microsoft.ML.OnnxRuntime.Gpu, which dotnet publish copies" + OrElse;
        if (Says("libcudnn") || Says("cudnn64"))
            return "Install cuDNN, of the version in the library's name, where the loader finds it (LD_LIBRARY_PATH, or PATH on Windows)"
                + OrElse;
        if (Says("libcublas") || Says("libcudart") || Says("libcufft") || Says("libcurand") || Says("cublas64") || Says("cudart64")
            || Says("cufft64") || Says("curand64"))
            return "Install the CUDA libraries, of the version in the library's name, where the loader finds them "
                + "(LD_LIBRARY_PATH, or PATH on Windows)" + OrElse;
        if (Says("driver version is insufficient") || Says("libcuda.so"))
            return "Install a newer NVIDIA driver (nvidia-smi shows the one in use), and in a container start it with the card (--gpus all)"
                + OrElse;
        if (Says("no CUDA-capable device"))
            return "Check that nvidia-smi lists the card, that CUDA_VISIBLE_DEVICES does not hide it, and that a container "
                + "was started with it (--gpus all)" + OrElse;
        if (Says("invalid device ordinal"))
            return "Choose a DeviceId that nvidia-smi lists; numbers count from 0" + OrElse;
        if (Says("out of memory") || Says("Failed to allocate memory"))
            return "Free the card's memory, or use a smaller batch or a higher DeviceMemoryLimitBytes" + OrElse;
        if (Says("fallback to CPU EP has been explicitly disabled"))
            return "Do not require every operation on the device (RequireDevice = false), or use a model whose operations CUDA knows"
                + OrElse;
        return "Add the package in place of Microsoft.ML.OnnxRuntime and install CUDA and cuDNN" + OrElse;

        bool Says(string part) => reason.Contains(part, StringComparison.OrdinalIgnoreCase);
    }
}
