using HotspotInference.Onnx;
using HotspotInference.Onnx.History;
using HotspotInference.Prediction;
using TorchSharp;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace HotspotInference.Training.Architectures.HotspotNet;

/// <summary>
/// Log intensity of class k in a cell: <c>log(floor + weights . rates) + (bias + beta . calendar) + mean of the corrections</c>, and on
/// request a learnt number of class and cell, 0 at the start. A correction sees, for each class alike,
/// <c>log((rate + e m) / (mixture + e m))</c> of its own rates and <c>log((mixture + e m) / m)</c>, m being the mixture's mean over the
/// cells: numbers that do not depend on how many incidents a city has; and external features, the same for each class.
/// </summary>
sealed class HotspotNetNetwork : Network
{
    // Keeps the logarithms of quiet cells within reason; a share of the mean.
    const double RateOffset = 0.1;
    // What stands for a weight of 0, whose logarithm there is none of: e^-30 is 1e-13.
    const double LeastLogWeight = -30;

    readonly RateSelection _rates;
    readonly ModuleList<Correction> _corrections;
    readonly Parameter _log_weights;
    readonly Parameter _log_floor;
    readonly Parameter _bias;
    readonly Parameter _beta;
    // Null where there is nothing else to take, or what is there was trained on.
    readonly HistoryModelParameters? _refit;
    // [class, row, column]; null for none.
    readonly Parameter? _cell_bias;

    public HotspotNetNetwork(NetworkShape shape, HistoryStart start, RateSelection rates, Correction[] corrections,
        MixtureTraining mixture, CellTerm cells)
        : base(nameof(HotspotNetNetwork), shape)
    {
        bool isTrained = mixture == MixtureTraining.Trained;
        _rates = rates;
        _corrections = nn.ModuleList(corrections);
        _refit = isTrained ? null : start.Refit;
        (float[] logWeights, float[] logFloor, float[] bias, float[] beta) = Numbers(start.Parameters);
        _log_weights = Parameter(logWeights, isTrained, shape.Classes, rates.Features.Length, 1, 1);
        _log_floor = Parameter(logFloor, isTrained, shape.Classes);
        _bias = Parameter(bias, isTrained, shape.Classes);
        _beta = Parameter(beta, isTrained, shape.Classes, start.Features.Calendar!.Features.Count);
        _cell_bias = cells == CellTerm.Bias ? new Parameter(zeros([shape.Classes, shape.Rows, shape.Columns])) : null;
        RegisterComponents();
    }

    public override GridMode Grid => _cell_bias is null ? GridMode.Any : GridMode.Fixed;

    public override IReadOnlyList<int> HistoryFeatures => _rates.Features;

    /// <summary>Mixture and day factor, which are the fit's, and what belongs to single cells.</summary>
    public override IReadOnlyList<string> OwnParameters =>
        [.. FittedParameters, nameof(_cell_bias)];

    public override IReadOnlyList<string> FittedParameters => [nameof(_log_weights), nameof(_log_floor), nameof(_bias), nameof(_beta)];

    public override void ShiftLogits(ReadOnlySpan<double> by) => Shift(_bias, by);

    public override bool Refit()
    {
        if (_refit is null)
            return false;
        using var noGrad = no_grad();
        (float[] logWeights, float[] logFloor, float[] bias, float[] beta) = Numbers(_refit);
        Set(_log_weights, logWeights);
        Set(_log_floor, logFloor);
        Set(_bias, bias);
        Set(_beta, beta);
        return true;
    }

    public override Tensor forward(NetworkInput input)
    {
        using DisposeScope scope = NewDisposeScope();
        Tensor history = input.History!;
        long rows = history.shape[2], columns = history.shape[3];
        Tensor mixture = nn.functional.conv2d(history, _log_weights.exp(), _log_floor.exp());
        const double limit = HistoryModelGraph.MaximumLogFactor;
        Tensor day = nn.functional.linear(input.Calendar!, _beta, _bias).clamp(-limit, limit).view(-1, Shape.Classes, 1, 1);
        Tensor logits = mixture.log() + day;
        if (_cell_bias is not null)
            logits += _cell_bias;

        // Classes become samples: one network serves all of them.
        Tensor each = mixture.view(-1, 1, rows, columns), mean = each.mean([2, 3], keepdim: true), offset = mean * RateOffset;
        Tensor own = history.index_select(1, tensor(_rates.Own)).view(-1, _rates.PerClass, rows, columns);
        Tensor relative = cat([((own + offset) / (each + offset)).log(), ((each + offset) / mean).log()], 1);
        Tensor maps = input.Maps.transpose(0, 1), eachMaps = maps.reshape(Shape.Steps, -1, 1, rows, columns);
        if (Shape.Classes > 1)
        {
            long last = Shape.Classes - 1, features = _rates.PerClass + 1;
            Tensor all = relative.view(-1, Shape.Classes, features, rows, columns).narrow(1, last, 1)
                .expand(-1, Shape.Classes, -1, -1, -1).reshape(-1, features, rows, columns);
            relative = cat([relative, all], 1);
            Tensor allMaps = maps.narrow(2, last, 1).expand(-1, -1, Shape.Classes, -1, -1).reshape(Shape.Steps, -1, 1, rows, columns);
            eachMaps = cat([eachMaps, allMaps], 2);
        }
        if (Shape.External > 0)
        {
            Tensor external = input.External!.unsqueeze(1).expand(-1, Shape.Classes, -1, -1, -1);
            relative = cat([relative, external.reshape(-1, Shape.External, rows, columns)], 1);
        }
        Tensor[] corrections = [.. _corrections.Select(member => member.call(relative, eachMaps).view(-1, Shape.Classes, rows, columns))];
        Tensor stacked = stack(corrections);
        // In training each member learns for itself; in use they are averaged.
        return (logits + (training ? stacked : stacked.mean([0]))).MoveToOuterDisposeScope();
    }

    public override OnnxValue Export(OnnxGraphBuilder graph, GraphInputs inputs)
    {
        using DisposeScope scope = NewDisposeScope();
        using var noGrad = no_grad();
        int classes = Shape.Classes;
        OnnxValue history = graph.Gather(inputs.History!, graph.Integers([.. _rates.Features.Select(feature => (long)feature)]), 1);
        OnnxValue mixture = graph.Conv(history, graph.Weights("weights", _log_weights.exp()), graph.Weights("floor", _log_floor.exp()));
        const float limit = (float)HistoryModelGraph.MaximumLogFactor;
        OnnxValue day = graph.Clip(graph.Gemm(inputs.Calendar!, graph.Weights("beta", _beta),
            graph.Weights("bias", _bias), transposeB: true),
            graph.Scalar(-limit), graph.Scalar(limit));
        OnnxValue logits = graph.Add(graph.Log(mixture), graph.Unsqueeze(day, graph.Integers(2, 3)));
        if (_cell_bias is not null)
            logits = graph.Add(logits, graph.Weights("cell_bias", _cell_bias));

        OnnxValue each = Each(mixture, 1), mean = graph.GlobalAveragePool(each), offset = graph.Mul(mean, graph.Scalar((float)RateOffset));
        OnnxValue own = Each(graph.Gather(history, graph.Integers(_rates.Own), 1), _rates.PerClass), shifted = graph.Add(each, offset);
        OnnxValue relative = graph.Concat(1, graph.Log(graph.Div(graph.Add(own, offset), shifted)), graph.Log(graph.Div(shifted, mean)));
        OnnxValue[] maps = [.. Enumerable.Range(0, Shape.Steps).Select(t => graph.Gather(inputs.Maps, t, 1))];
        OnnxValue[] eachMaps = Array.ConvertAll(maps, map => Each(map, 1));
        if (classes > 1)
        {
            int features = _rates.PerClass + 1;
            relative = graph.Concat(1, relative, OfAll(graph.Reshape(relative, graph.Integers(-1, classes * features, 0, 0)), features));
            eachMaps = [.. maps.Zip(eachMaps, (map, own) => graph.Concat(1, own, OfAll(map, 1)))];
        }
        if (Shape.External > 0)
            relative = graph.Concat(1, relative, ForEach(inputs.External!, Shape.External));
        OnnxValue? sum = null;
        for (int i = 0; i < _corrections.Count; i++)
        {
            OnnxValue correction = _corrections[i].Export(graph, relative, eachMaps, $"correction{i}");
            sum = sum is null ? correction : graph.Add(sum, correction);
        }
        OnnxValue average = graph.Mul(sum!, graph.Scalar(1f / _corrections.Count));
        return graph.Add(logits, graph.Reshape(average, graph.Integers(-1, classes, 0, 0)));

        // [batch, class x features, row, column] to one sample a class.
        OnnxValue Each(OnnxValue x, int features) => graph.Reshape(x, graph.Integers(-1, features, 0, 0));

        // What the last class has, once for each class.
        OnnxValue OfAll(OnnxValue x, int features)
        {
            OnnxValue last = graph.Gather(x, graph.Integers([.. Enumerable.Range((classes - 1) * features, features).Select(i => (long)i)]),
                1);
            return ForEach(last, features);
        }

        // The same for each class.
        OnnxValue ForEach(OnnxValue x, int features)
        {
            var copies = new OnnxValue[classes];
            Array.Fill(copies, x);
            return Each(graph.Concat(1, copies), features);
        }
    }

    (float[] LogWeights, float[] LogFloor, float[] Bias, float[] Beta) Numbers(HistoryModelParameters fitted)
    {
        return ([.. fitted.Weights.SelectMany(weights => _rates.Features.Select(feature => Logarithm(weights[feature])))],
            [.. fitted.Floor.Select(Logarithm)], [.. fitted.Bias.Select(bias => (float)bias)],
            [.. fitted.Beta.SelectMany(beta => beta).Select(value => (float)value)]);

        static float Logarithm(double value) => (float)(value > 0 ? Math.Log(value) : LeastLogWeight);
    }

    static Parameter Parameter(float[] values, bool isTrained, params long[] shape)
    {
        using Tensor numbers = tensor(values), shaped = numbers.view(shape);
        return new Parameter(shaped.clone(), isTrained);
    }

    static void Set(Parameter parameter, float[] values)
    {
        using Tensor numbers = tensor(values), shaped = numbers.view(parameter.shape);
        parameter.copy_(shaped).Dispose();
    }
}
