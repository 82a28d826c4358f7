using HotspotInference.Onnx;
using TorchSharp;
using static TorchSharp.torch;

namespace HotspotInference.Training;

/// <summary>
/// Two heads: whether there is any incident, and of which kind an incident is. The logits of the kinds become shares q that sum to 1
/// (softmax), the last is another objective's for <c>any</c>. What is made small is that objective's loss plus the cross-entropy of the
/// kinds, one observation an incident: with the Poisson likelihood for <c>any</c> the two are that of all kinds. Where incidents are a
/// Poisson process of rate r whose kinds are drawn independently, those of kind k are one of rate <c>q_k r</c> (thinning): risk of a kind
/// is <c>1 - exp(-q_k r)</c>, which is <c>1 - (1 - risk of any)^q_k</c>.
/// </summary>
/// <param name="any">What the last logit means, as the only class.</param>
/// <param name="shares">Each kind's share of the incidents, above 0.</param>
/// <param name="weight">What the cross-entropy of the kinds is multiplied with.</param>
sealed class KindObjective(Objective any, IReadOnlyList<double> shares, double weight = 1) : Objective
{
    const int Classes = -3;
    // The shares differ by less than anyone could tell after a few.
    const int ScalingSteps = 50;

    public override double[] ConstantLogits => [.. shares.Select(share => Math.Log(share)), .. any.ConstantLogits];

    public override Tensor Loss(Tensor logits, Tensor counts)
    {
        using var scope = NewDisposeScope();
        return (any.Loss(Any(logits), Any(counts)) + weight * KindLoss(logits, counts).mean()).MoveToOuterDisposeScope();
    }

    /// <summary>How well the kinds of incidents are told.</summary>
    /// <param name="logits">The network's logits, <c>[batch, class, row, column]</c>.</param>
    /// <param name="counts">How many incidents there were.</param>
    /// <returns>Null where there was none.</returns>
    public static KindScore? Score(Tensor logits, Tensor counts)
    {
        using var scope = NewDisposeScope();
        double[] incidents = Kinds(counts).sum([0, 2, 3], type: ScalarType.Float64).data<double>().ToArray();
        double all = incidents.Sum();
        return all == 0 ? null : new KindScore((int)all, KindLoss(logits, counts).sum(ScalarType.Float64).ToDouble() / all,
            -incidents.Where(count => count > 0).Sum(count => count * Math.Log(count / all)) / all);
    }

    public override Tensor Risk(Tensor logits)
    {
        using var scope = NewDisposeScope();
        Tensor t = (any.Rate(Any(logits)) * Shares(logits) * 0.5).tanh();
        return cat([2 * t / (t + 1), any.Risk(Any(logits))], Classes).MoveToOuterDisposeScope();
    }

    public override Tensor? Kind(Tensor logits)
    {
        using var scope = NewDisposeScope();
        return Shares(logits).MoveToOuterDisposeScope();
    }

    // The kinds share what there is of any, and are fitted together.
    public override bool HasLevel(int position) => position == shares.Count;

    /// <summary>
    /// Makes the mean of each kind's probability over the incidents what its share of them is, by iterative scaling (Darroch and Ratcliff
    /// 1972): the shifts of greatest likelihood. Half an incident more of each kind keeps those that there are none of from 0.
    /// </summary>
    public override void FitKinds(Tensor logits, Tensor counts, Span<double> shifts)
    {
        using var scope = NewDisposeScope();
        int kinds = shares.Count;
        Tensor happened = Kinds(counts).transpose(0, 1).reshape(kinds, -1), number = happened.sum([0]);
        double[] incidents = happened.sum([1], type: ScalarType.Float64).data<double>().ToArray();
        double all = incidents.Sum();
        if (all == 0)
            return;
        double[] wanted = [.. incidents.Select(count => (count + 0.5) * all / (all + 0.5 * kinds))];
        // A column for each cell and period with incidents.
        Tensor where = tensor([.. number.data<float>().ToArray().Index().Where(cell => cell.Item > 0).Select(cell => (long)cell.Index)]);
        Tensor weights = number.index_select(0, where), columns = Kinds(logits).transpose(0, 1).reshape(kinds, -1).index_select(1, where);
        for (int i = 0; i < ScalingSteps; i++)
        {
            using var step = NewDisposeScope();
            Tensor told = (columns + tensor(shifts[..kinds].ToArray(), ScalarType.Float32).view(-1, 1)).softmax(0) * weights;
            double[] expected = told.sum([1], type: ScalarType.Float64).data<double>().ToArray();
            for (int k = 0; k < kinds; k++)
                shifts[k] += Math.Log(wanted[k] / expected[k]);
        }
    }

    public override void FitCounts(Tensor logits, Tensor counts)
    {
        using var scope = NewDisposeScope();
        any.FitCounts(Any(logits), Any(counts));
    }

    public override (OnnxValue Risk, OnnxValue? Intensity) Export(OnnxGraphBuilder graph, OnnxValue logits)
    {
        IReadOnlyList<OnnxValue> heads = graph.Split(logits, 1, shares.Count, 1);
        OnnxValue kind = Shares(graph, heads[0]);
        OnnxValue risk = graph.PoissonRisk(graph.Mul(any.ExportRate(graph, heads[1]), kind));
        (OnnxValue anyRisk, OnnxValue? intensity) = any.Export(graph, heads[1]);
        return (graph.Concat(1, risk, anyRisk), intensity is null ? null : graph.Concat(1, graph.Mul(intensity, kind), intensity));
    }

    public override OnnxValue? ExportKind(OnnxGraphBuilder graph, OnnxValue logits) =>
        Shares(graph, graph.Split(logits, 1, shares.Count, 1)[0]);

    static OnnxValue Shares(OnnxGraphBuilder graph, OnnxValue logits) => graph.Node("Softmax", [logits], OnnxAttribute.Of("axis", 1L));

    static Tensor Any(Tensor values) => values.narrow(Classes, values.shape[^3] - 1, 1);

    static Tensor Kinds(Tensor values) => values.narrow(Classes, 0, values.shape[^3] - 1);

    static Tensor Shares(Tensor logits) => Kinds(logits).softmax(Classes);

    static Tensor KindLoss(Tensor logits, Tensor counts) => -(Kinds(counts) * Kinds(logits).log_softmax(Classes)).sum(Classes);
}
