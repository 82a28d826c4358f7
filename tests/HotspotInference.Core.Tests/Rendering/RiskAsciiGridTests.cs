using System.Text;
using HotspotInference.Grids;
using HotspotInference.Rendering;

namespace HotspotInference.Tests.Rendering;

public class RiskAsciiGridTests
{
    [Fact]
    public void Square_cells_have_one_size_and_rows_run_from_the_north()
    {
        Assert.Equal("ncols 3\nnrows 2\nxllcorner 20\nyllcorner 10\ncellsize 0.25\nnodata_value -9999\n0.1 0.2 0.3\n0.4 0.5 1E-05\n",
            Written(new GridSpec(new GeoBounds(10, 20, 10.5, 20.75), 2, 3), [0.1f, 0.2f, 0.3f, 0.4f, 0.5f, 1e-5f]));
    }

    [Fact]
    public void Cells_that_are_not_square_have_two_sizes()
    {
        Assert.Contains("\ndx 0.5\ndy 0.25\n", Written(new GridSpec(new GeoBounds(10, 20, 10.5, 21), 2, 2), new float[4]), StringComparison.Ordinal);
    }

    [Fact]
    public void Map_of_another_size_is_refused() =>
        Assert.Throws<ArgumentException>(() => RiskAsciiGrid.Write(Stream.Null, Sample.Grid(2, 2), new float[3]));

    static string Written(GridSpec grid, float[] map)
    {
        using var stream = new MemoryStream();
        RiskAsciiGrid.Write(stream, grid, map);
        return Encoding.ASCII.GetString(stream.ToArray());
    }
}
