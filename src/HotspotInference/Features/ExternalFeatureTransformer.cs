using System.Globalization;
using HotspotInference.Pipelines.Saving;
using Microsoft.ML;
using Microsoft.ML.Data;

namespace HotspotInference.Pipelines;

/// <summary>
/// Adds <see cref="PeriodColumns.External"/>: the features of the row's own period, which must have been known before it, such as a
/// forecast of the weather. A period that has none is an error that names it. Keeps all features in memory.
/// </summary>
public sealed class ExternalFeatureTransformer : RowTransformer
{
    readonly VectorDataViewType _type;
    readonly Dictionary<DateTime, float[]> _byPeriod;

    internal ExternalFeatureTransformer(StepContract contract, VectorDataViewType type, Dictionary<DateTime, float[]> byPeriod)
        : base(contract) => (_type, _byPeriod) = (type, byPeriod);

    private protected override DataViewSchema.DetachedColumn[] Outputs(DataViewSchema input) => [new(PeriodColumns.External, _type)];

    private protected override Delegate[] Bind(DataViewRow row)
    {
        ValueGetter<DateTime> startOf = row.GetGetter<DateTime>(row.Schema[PeriodColumns.PeriodStart]);
        return
        [
            (ValueGetter<VBuffer<float>>)((ref VBuffer<float> value) =>
            {
                DateTime start = default;
                startOf(ref start);
                if (!_byPeriod.TryGetValue(start, out float[]? features))
                    throw new HotspotException("JoinExternalFeatures",
                        string.Create(CultureInfo.InvariantCulture, $"no features for {start:yyyy-MM-dd HH:mm}"),
                        "a row for every period", "Add them to the features, or leave the period out.");
                var editor = VBufferEditor.Create(ref value, features.Length);
                features.CopyTo(editor.Values);
                value = editor.Commit();
            }),
        ];
    }

    internal override StepDocument Save() =>
        new JoinExternalFeaturesDocument([.. _type.Dimensions],
            [.. _byPeriod.Select(pair => new ExternalRowDocument(pair.Key, pair.Value))]);
}
