using HotspotInference.Training.Architectures;

namespace HotspotInference.Training.Tests;

/// <summary>A convolution that keeps the grid's size, in double precision, cell by cell; without its bias.</summary>
sealed class SlowConvolution(BorderPadding padding, int kernelSize, int rows, int columns)
{
    /// <param name="map"><c>[channel, row, column]</c>.</param>
    /// <param name="kernel"><c>[output channel, channel, row, column]</c>.</param>
    /// <param name="output">The output channel.</param>
    /// <param name="row">The cell's row.</param>
    /// <param name="column">The cell's column.</param>
    public double At(double[,,] map, double[,,,] kernel, int output, int row, int column)
    {
        int margin = kernelSize / 2, inside = 0;
        double sum = 0;
        for (int channel = 0; channel < map.GetLength(0); channel++)
        {
            for (int down = 0; down < kernelSize; down++)
            {
                for (int right = 0; right < kernelSize; right++)
                {
                    int r = row + down - margin, c = column + right - margin;
                    bool isInside = r >= 0 && r < rows && c >= 0 && c < columns;
                    inside += isInside && channel == 0 ? 1 : 0;
                    if (!isInside && padding is (BorderPadding.Zero or BorderPadding.Partial))
                        continue;
                    sum += kernel[output, channel, down, right] * map[channel, Place(r, rows), Place(c, columns)];
                }
            }
        }
        return padding == BorderPadding.Partial ? sum * kernelSize * kernelSize / inside : sum;
    }

    int Place(int position, int size) => padding == BorderPadding.Reflect
        ? position < 0 ? -position : position >= size ? 2 * (size - 1) - position : position
        : Math.Clamp(position, 0, size - 1);
}
