namespace HotspotInference.Benchmarks.Graphs;

/// <summary>
/// The sizes of the network that is measured: plain ConvLSTM layers, and a convolution of the last state to one map of risk.
/// </summary>
/// <param name="Hidden">Channels of each layer's state.</param>
/// <param name="Layers">How many layers.</param>
/// <param name="Steps">Maps in a window.</param>
/// <param name="Side">Rows and columns of the grid.</param>
public readonly record struct ConvLstmSize(int Hidden, int Layers = 2, int Steps = 16, int Side = 32)
{
    /// <summary>Rows and columns of a kernel.</summary>
    public const int Kernel = 3;

    /// <summary>Channels of a map.</summary>
    public const int Channels = 1;

    /// <summary>
    /// Multiplications and additions of the convolutions for one window, as a textbook network has them: a state of zeros is convolved too.
    /// </summary>
    public double Flop
    {
        get
        {
            double inputs = 0;
            for (int layer = 0; layer < Layers; layer++)
                inputs += (layer == 0 ? Channels : Hidden) + Hidden;
            double cells = (double)Side * Side, taps = Kernel * Kernel;
            return 2 * cells * taps * (Steps * inputs * 4 * Hidden + Hidden);
        }
    }

    /// <summary>How long a window is.</summary>
    public int WindowLength => Steps * Channels * Side * Side;
}
