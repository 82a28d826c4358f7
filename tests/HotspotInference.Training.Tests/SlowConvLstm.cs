using HotspotInference.Training.Architectures;

namespace HotspotInference.Training.Tests;

/// <summary>
/// A ConvLSTM layer in double precision, cell by cell, written from Shi et al. 2015, equation 3 (the ShotSpotter report's equations 1
/// to 5): i and f see C(t-1), o sees C(t).
/// </summary>
sealed class SlowConvLstm(BorderPadding padding, int kernelSize, int hidden, int rows, int columns)
{
    readonly SlowConvolution _convolution = new(padding, kernelSize, rows, columns);

    // Gates in the order i, f, o, c.
    public required double[,,,] InputKernel { get; init; }

    public required double[,,,] StateKernel { get; init; }

    public required double[] Bias { get; init; }

    // [gate i, f, o][hidden, row, column]
    public required Func<int, int, int, int, double> Peephole { get; init; }

    public List<double[,,]> Run(IEnumerable<double[,,]> frames)
    {
        double[,,] h = new double[hidden, rows, columns], c = new double[hidden, rows, columns];
        var states = new List<double[,,]>();
        foreach (double[,,] x in frames)
        {
            double[,,] nextH = new double[hidden, rows, columns], nextC = new double[hidden, rows, columns];
            for (int k = 0; k < hidden; k++)
            {
                for (int row = 0; row < rows; row++)
                {
                    for (int column = 0; column < columns; column++)
                    {
                        double before = c[k, row, column];
                        double i = Sigmoid(Sum(0) + Peephole(0, k, row, column) * before);
                        double f = Sigmoid(Sum(1) + Peephole(1, k, row, column) * before);
                        double now = f * before + i * Math.Tanh(Sum(3));
                        double o = Sigmoid(Sum(2) + Peephole(2, k, row, column) * now);
                        nextC[k, row, column] = now;
                        nextH[k, row, column] = o * Math.Tanh(now);

                        double Sum(int gate) => Bias[gate * hidden + k] + _convolution.At(x, InputKernel, gate * hidden + k, row, column)
                            + _convolution.At(h, StateKernel, gate * hidden + k, row, column);
                    }
                }
            }
            (h, c) = (nextH, nextC);
            states.Add(h);
        }
        return states;
    }

    static double Sigmoid(double x) => 1 / (1 + Math.Exp(-x));
}
