namespace HotspotInference.Training.Tuning;

/// <summary>
/// Latin hypercube samples (McKay, Beckman and Conover 1979): each coordinate falls into each of n equal intervals once.
/// </summary>
static class LatinHypercube
{
    const int Tries = 50;

    /// <summary>Of some samples the one whose nearest two points are furthest apart (Johnson, Moore and Ylvisaker 1990).</summary>
    /// <param name="count">How many points.</param>
    /// <param name="width">How many coordinates.</param>
    /// <param name="random">Draws them.</param>
    /// <returns>Points in the unit cube, 1 excluded.</returns>
    public static double[][] Draw(int count, int width, Random random) =>
        Enumerable.Range(0, Tries).Select(_ => DrawOne(count, width, random)).MaxBy(NearestPair)!;

    static double[][] DrawOne(int count, int width, Random random)
    {
        double[][] points = [.. Enumerable.Range(0, count).Select(_ => new double[width])];
        int[] interval = [.. Enumerable.Range(0, count)];
        for (int d = 0; d < width; d++)
        {
            random.Shuffle(interval);
            for (int i = 0; i < count; i++)
                points[i][d] = (interval[i] + random.NextDouble()) / count;
        }
        return points;
    }

    static double NearestPair(double[][] points)
    {
        double nearest = double.PositiveInfinity;
        for (int i = 0; i < points.Length; i++)
        {
            for (int j = 0; j < i; j++)
                nearest = Math.Min(nearest, points[i].Zip(points[j], (a, b) => (a - b) * (a - b)).Sum());
        }
        return nearest;
    }
}
