using System.Text.Json;
using System.Text.Json.Serialization;
using HotspotInference.Grids;
using HotspotInference.Incidents;
using HotspotInference.Periods;

namespace HotspotInference.Heatmaps;

/// <summary>
/// How a <see cref="HeatmapSpec"/> is written in a heat map file and in a model's metadata. Nothing is optional and nothing unknown is
/// accepted: a setting that was overlooked would make other maps than those meant.
/// </summary>
sealed class HeatmapSpecJson : JsonConverter<HeatmapSpec>
{
    public override HeatmapSpec Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
        Read(new JsonFields(JsonElement.ParseValue(ref reader), "heatmaps"));

    /// <exception cref="JsonException">A setting is missing, unknown, or of another type.</exception>
    public static HeatmapSpec Read(JsonFields fields)
    {
        JsonFields area = fields.Object("area");
        var bounds = new GeoBounds(area.Double("south"), area.Double("west"), area.Double("north"), area.Double("east"));
        area.RefuseOthers();
        JsonFields[] groups = fields.Objects("kinds");
        var kinds = new KindGroup[groups.Length];
        for (int i = 0; i < groups.Length; i++)
        {
            string[] names = groups[i].Texts("kinds");
            if (Array.IndexOf(names, null) >= 0)
                throw new JsonException("A kind is null.");
            kinds[i] = new KindGroup(groups[i].Text("name"), names);
            groups[i].RefuseOthers();
        }
        var spec = new HeatmapSpec
        {
            Grid = new GridSpec(bounds, fields.Int32("rows"), fields.Int32("columns")),
            Cadence = Cadence.Parse(fields.Text("cadence")),
            Kinds = new KindEncoding(kinds),
            MissingPeriods = (MissingPeriods)fields.Choice("missing_periods", typeof(MissingPeriods)),
            Gaps = DeclaredGaps.Parse(fields.Text("gaps")),
            Filling = (FillMethod)fields.Choice("filling", typeof(FillMethod)),
            ExcludedDays = ExcludedDays.Parse(fields.Text("excluded_days")),
        };
        fields.RefuseOthers();
        return spec.Validated();
    }

    public override void Write(Utf8JsonWriter writer, HeatmapSpec value, JsonSerializerOptions options)
    {
        GeoBounds area = value.Grid.Bounds;
        var document = new HeatmapSpecDocument
        {
            Area = new AreaDocument { South = area.South, West = area.West, North = area.North, East = area.East },
            Rows = value.Grid.Rows,
            Columns = value.Grid.Columns,
            Cadence = value.Cadence.ToString(),
            Kinds = [.. value.Kinds.Groups.Select(group => new KindGroupDocument { Name = group.Name, Kinds = [.. group.Kinds] })],
            MissingPeriods = value.MissingPeriods,
            Gaps = value.Gaps.ToString(),
            Filling = value.Filling,
            ExcludedDays = value.ExcludedDays.ToString(),
        };
        JsonSerializer.Serialize(writer, document, HeatmapSpecContext.Default.HeatmapSpecDocument);
    }
}

sealed record HeatmapSpecDocument
{
    public required AreaDocument Area { get; init; }

    public required int Rows { get; init; }

    public required int Columns { get; init; }

    public required string Cadence { get; init; }

    public required KindGroupDocument[] Kinds { get; init; }

    [JsonConverter(typeof(SnakeCaseEnumConverter<MissingPeriods>))]
    public required MissingPeriods MissingPeriods { get; init; }

    public required string Gaps { get; init; }

    [JsonConverter(typeof(SnakeCaseEnumConverter<FillMethod>))]
    public required FillMethod Filling { get; init; }

    public required string ExcludedDays { get; init; }
}

sealed record AreaDocument
{
    public required double South { get; init; }

    public required double West { get; init; }

    public required double North { get; init; }

    public required double East { get; init; }
}

sealed record KindGroupDocument
{
    public required string Name { get; init; }

    public required string[] Kinds { get; init; }
}

sealed class SnakeCaseEnumConverter<T>() : JsonStringEnumConverter<T>(JsonNamingPolicy.SnakeCaseLower, allowIntegerValues: false)
    where T : struct, Enum;

[JsonSerializable(typeof(HeatmapSpec))]
[JsonSerializable(typeof(HeatmapSpecDocument))]
[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower, RespectNullableAnnotations = true,
    UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow)]
sealed partial class HeatmapSpecContext : JsonSerializerContext;
