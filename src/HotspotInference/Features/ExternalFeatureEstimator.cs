using System.Globalization;
using Microsoft.ML;
using Microsoft.ML.Data;

namespace HotspotInference.Pipelines;

/// <summary>Joins features of other origin to periods.</summary>
public sealed class ExternalFeatureEstimator : HotspotEstimator<ExternalFeatureTransformer>
{
    readonly IDataView _features;

    internal ExternalFeatureEstimator(IDataView features) : base(Contract())
    {
        InputColumn[] columns =
        [
            new(PeriodColumns.PeriodStart, DateTimeDataViewType.Instance),
            new(PeriodColumns.External, NumberDataViewType.Single, InputKind.Vector),
        ];
        new StepContract("JoinExternalFeatures, the features", columns, []).Check(features.Schema);
        _features = features;
    }

    internal static StepContract Contract() =>
        new("JoinExternalFeatures", [new InputColumn(PeriodColumns.PeriodStart, DateTimeDataViewType.Instance)],
            [new(PeriodColumns.External, new VectorDataViewType(NumberDataViewType.Single, 1))]);

    private protected override ExternalFeatureTransformer Learn(IDataView input, StepContract contract)
    {
        DataViewSchema schema = _features.Schema;
        var byPeriod = new Dictionary<DateTime, float[]>();
        using DataViewRowCursor cursor = _features.GetRowCursor([schema[PeriodColumns.PeriodStart], schema[PeriodColumns.External]]);
        ValueGetter<DateTime> startOf = cursor.GetGetter<DateTime>(schema[PeriodColumns.PeriodStart]);
        ValueGetter<VBuffer<float>> valuesOf = cursor.GetGetter<VBuffer<float>>(schema[PeriodColumns.External]);
        DateTime start = default;
        VBuffer<float> values = default;
        while (cursor.MoveNext())
        {
            startOf(ref start);
            valuesOf(ref values);
            if (!byPeriod.TryAdd(start, [.. values.DenseValues()]))
                throw new HotspotException("JoinExternalFeatures, the features",
                    string.Create(CultureInfo.InvariantCulture, $"{start:yyyy-MM-dd HH:mm} a second time"),
                    "one row a period", "Leave one of the rows out.");
        }
        return new ExternalFeatureTransformer(contract, (VectorDataViewType)schema[PeriodColumns.External].Type, byPeriod);
    }
}
