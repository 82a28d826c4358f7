using HotspotInference.Heatmaps;
using Microsoft.ML;
using Microsoft.ML.Data;

namespace HotspotInference.Pipelines;

/// <summary>How a column of heat maps says how they were made, so that later steps need not be told again.</summary>
static class HeatmapAnnotations
{
    public const string SpecKind = nameof(HeatmapSpec);
    const string FilledKind = "IsFilled";

    public static (string, string) Required => (SpecKind, "BuildHeatmaps");

    public static DataViewSchema.Annotations Of(HeatmapSpec spec, bool isFilled)
    {
        var annotations = new DataViewSchema.Annotations.Builder();
        annotations.AddPrimitiveValue(SpecKind, TextDataViewType.Instance, spec.ToJson().AsMemory());
        annotations.AddPrimitiveValue(FilledKind, BooleanDataViewType.Instance, isFilled);
        return annotations.ToAnnotations();
    }

    /// <summary>How the maps of a checked schema were made.</summary>
    public static HeatmapSpec Spec(DataViewSchema schema)
    {
        ReadOnlyMemory<char> json = default;
        schema[PeriodColumns.Heatmap].Annotations.GetValue(SpecKind, ref json);
        return HeatmapSpec.Parse(json.ToString());
    }

    /// <summary>Whether the maps of missing periods are made up already.</summary>
    public static bool IsFilled(DataViewSchema schema)
    {
        bool isFilled = false;
        schema[PeriodColumns.Heatmap].Annotations.GetValue(FilledKind, ref isFilled);
        return isFilled;
    }

    /// <summary>Refuses maps that were made in another way than those that a step was fitted to.</summary>
    public static void CheckSame(string step, HeatmapSpec fitted, DataViewSchema schema)
    {
        HeatmapSpec found = Spec(schema);
        if (!found.Equals(fitted))
            throw new HotspotException($"{step}, column '{PeriodColumns.Heatmap}'", $"heat maps of {Describe(found)}",
                $"{Describe(fitted)}, as fitted", "Make the maps with the fitted pipeline, or fit again.");
    }

    static string Describe(HeatmapSpec spec) => $"{spec.Grid}, a {spec.Cadence} each, classes {string.Join(", ", spec.Kinds.Classes)}, "
        + $"missing periods {spec.MissingPeriods}, filling {spec.Filling}, left out '{spec.ExcludedDays}'";
}
