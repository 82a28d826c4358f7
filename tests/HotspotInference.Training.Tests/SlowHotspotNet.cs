using HotspotInference.Features;
using HotspotInference.Training.Architectures;
using static TorchSharp.torch;

namespace HotspotInference.Training.Tests;

/// <summary>
/// <c>hotspotnet</c> in double precision, cell by cell, from its equations: the mixture and day factor of the history model, and
/// corrections that see logarithms of rates relative to the mixture, and the maps.
/// </summary>
/// <param name="city">What the network was made for.</param>
/// <param name="network">The network, whose weights are read.</param>
/// <param name="padding">What its convolutions see beyond the edge.</param>
sealed class SlowHotspotNet(HotspotNetCity city, Network network, BorderPadding padding)
{
    readonly Dictionary<string, Tensor> _weights = network.state_dict();
    readonly int _rows = city.Shape.Rows, _columns = city.Shape.Columns, _classes = city.Shape.Classes;

    /// <summary>The logits <c>[member][class, row, column]</c> of one sample, each with its member's correction.</summary>
    /// <param name="maps"><c>[time, class, row, column]</c>.</param>
    /// <param name="history"><c>[feature, row, column]</c>, all features.</param>
    /// <param name="calendar"><c>[feature]</c>.</param>
    public List<double[,,]> Run(float[] maps, float[] history, float[] calendar)
    {
        double[][,] mixtures = [.. Enumerable.Range(0, _classes).Select(k => Mixture(k, history))];
        List<double[,]>[] relative = [.. Enumerable.Range(0, _classes).Select(k => Relative(k, mixtures[k], history))];
        double[] bias = Numbers("_bias"), beta = Numbers("_beta");
        var members = new List<double[,,]>();
        for (int member = 0; _weights.ContainsKey($"_corrections.{member}._rate_bias"); member++)
        {
            var logits = new double[_classes, _rows, _columns];
            for (int k = 0; k < _classes; k++)
            {
                double day = bias[k] + Enumerable.Range(0, calendar.Length).Sum(j => beta[k * calendar.Length + j] * calendar[j]);
                double[,] correction = Correction($"_corrections.{member}.", _classes == 1 ? relative[k]
                    : [.. relative[k], .. relative[^1]],
                    _classes == 1 ? [k] : [k, _classes - 1], maps);
                ForEachCell((row, column) =>
                    logits[k, row, column] = Math.Log(mixtures[k][row, column]) + Math.Clamp(day, -20, 20) + correction[row, column]);
            }
            members.Add(logits);
        }
        return members;
    }

    double[,] Mixture(int k, float[] history)
    {
        double[] logWeights = Numbers("_log_weights");
        int used = network.HistoryFeatures.Count;
        var mixture = new double[_rows, _columns];
        ForEachCell((row, column) => mixture[row, column] = Math.Exp(Numbers("_log_floor")[k]) + Enumerable.Range(0, used).Sum(i =>
            Math.Exp(logWeights[k * used + i]) * Rate(history, network.HistoryFeatures[i], row, column)));
        return mixture;
    }

    // log((rate + m / 10) / (mixture + m / 10)) of the class's plain counts at every other half-life, then log((mixture + m / 10) / m).
    List<double[,]> Relative(int k, double[,] mixture, float[] history)
    {
        HistorySpec spec = city.Features.History!;
        double mean = mixture.Cast<double>().Average();
        var channels = new List<double[,]>();
        foreach ((int index, HistoryFeature feature) in spec.Features.Index())
        {
            if (feature.Channel != spec.Channels[k] || feature.BinaryThreshold is not null
                || Array.IndexOf([.. spec.HalfLives], feature.HalfLife) % 2 != 0)
                continue;
            var channel = new double[_rows, _columns];
            ForEachCell((row, column) =>
                channel[row, column] = Math.Log((Rate(history, index, row, column) + 0.1 * mean) / (mixture[row, column] + 0.1 * mean)));
            channels.Add(channel);
        }
        var last = new double[_rows, _columns];
        ForEachCell((row, column) => last[row, column] = Math.Log((mixture[row, column] + 0.1 * mean) / mean));
        return [.. channels, last];
    }

    double[,] Correction(string prefix, List<double[,]> rates, int[] views, float[] maps)
    {
        int width = Numbers(prefix + "_rate_bias").Length, hidden = Numbers(prefix + "_maps._bias").Length / 4;
        var fromRates = new SlowConvolution(padding, (int)_weights[prefix + "_rate_kernel"].shape[^1], _rows, _columns);
        var fromMaps = new SlowConvLstm(padding, 3, hidden, _rows, _columns)
        {
            InputKernel = Kernel(prefix + "_maps._input_kernel"),
            StateKernel = Kernel(prefix + "_maps._state_kernel"),
            Bias = Numbers(prefix + "_maps._bias"),
            Peephole = (_, _, _, _) => 0,
        };
        double[,,] state = fromMaps.Run(Enumerable.Range(0, city.Shape.Steps).Select(t => Fill(views.Length, (view, row, column) =>
            maps[((t * _classes + views[view]) * _rows + row) * _columns + column])))[^1];
        double[,,] channels = Fill(rates.Count, (i, row, column) => rates[i][row, column]);
        double[,,,] rateKernel = Kernel(prefix + "_rate_kernel"), joint = Kernel(prefix + "_joint_kernel"),
            last = Kernel(prefix + "_last_kernel");
        double[] rateBias = Numbers(prefix + "_rate_bias"), jointBias = Numbers(prefix + "_joint_bias");
        double lastBias = Numbers(prefix + "_last_bias")[0];
        var correction = new double[_rows, _columns];
        ForEachCell((row, column) =>
        {
            double[] seen = [.. Enumerable.Range(0, width)
                .Select(i => Math.Max(0, fromRates.At(channels, rateKernel, i, row, column) + rateBias[i])),
                .. Enumerable.Range(0, hidden).Select(i => state[i, row, column])];
            double sum = lastBias;
            for (int i = 0; i < width; i++)
                sum += last[0, i, 0, 0] * Math.Max(0,
                    jointBias[i] + Enumerable.Range(0, seen.Length).Sum(j => joint[i, j, 0, 0] * seen[j]));
            correction[row, column] = Math.Tanh(sum);
        });
        return correction;
    }

    double Rate(float[] history, int feature, int row, int column) => history[(feature * _rows + row) * _columns + column];

    double[] Numbers(string name) => Array.ConvertAll(_weights[name].data<float>().ToArray(), value => (double)value);

    double[,,,] Kernel(string name)
    {
        long[] n = _weights[name].shape;
        var kernel = new double[n[0], n[1], n[2], n[3]];
        Buffer.BlockCopy(Numbers(name), 0, kernel, 0, kernel.Length * sizeof(double));
        return kernel;
    }

    double[,,] Fill(int channels, Func<int, int, int, double> value)
    {
        var filled = new double[channels, _rows, _columns];
        for (int i = 0; i < channels; i++)
            ForEachCell((row, column) => filled[i, row, column] = value(i, row, column));
        return filled;
    }

    void ForEachCell(Action<int, int> cell)
    {
        for (int row = 0; row < _rows; row++)
        {
            for (int column = 0; column < _columns; column++)
                cell(row, column);
        }
    }
}
