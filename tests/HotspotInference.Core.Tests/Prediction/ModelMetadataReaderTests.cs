using System.Text.Json;
using System.Text.Json.Nodes;
using HotspotInference.Heatmaps;
using HotspotInference.Prediction;

namespace HotspotInference.Tests.Prediction;

/// <summary>What is read by hand, against the serializer's own reading of the same types with the settings that it writes with.</summary>
public sealed class ModelMetadataReaderTests
{
    static readonly string[] s_values = ["null", "\"text\"", "\"Infinity\"", "\"2016-02-30\"", "1", "1.5", "-3000000000", "[]", "[null]", "{}", "true"];

    public static TheoryData<string> Parts { get; } = [.. JsonNode.Parse(SampleMetadata.Full.ToJson())!.AsObject().Select(part => part.Key)];

    [Theory]
    [MemberData(nameof(Parts))]
    public void A_part_that_is_missing_of_another_type_or_larger_is_read_or_refused_as_by_the_serializer(string part)
    {
        int refused = 0;
        foreach (string path in Paths(Fresh()[part], $"/{part}"))
        {
            refused += Same(Changed(path, (parent, key) => (parent as JsonObject)?.Remove(key)), $"{path} removed");
            refused += Same(Changed(path, (parent, key) => (Item(parent, key) as JsonObject)?.Add("extra", 1)), $"{path} with more");
            foreach (string value in s_values)
            {
                JsonNode changed = Changed(path, (parent, key) => Set(parent, key, JsonNode.Parse(value)));
                // The serializer lets a null stand where an array has objects or arrays.
                if (IsNullAmongOthers(path, value))
                    Assert.Throws<JsonException>(() => ModelMetadataReader.Read(changed.Deserialize<JsonElement>()));
                else
                    refused += Same(changed, $"{path} = {value}");
            }
        }
        Assert.NotEqual(0, refused);
    }

    [Fact]
    public void Choices_are_told_by_their_exact_names()
    {
        foreach (string wrong in (string[])["Any", "ANY", "1", " any", "any,fixed", ""])
        {
            JsonNode json = Fresh();
            json["grid"] = wrong;
            Assert.Throws<JsonException>(() => ModelMetadataReader.Read(json.Deserialize<JsonElement>()));
        }
    }

    [Fact]
    public void Messages_name_the_place()
    {
        JsonNode json = Fresh();
        json["history"]!["more"]![0]!["half_lives"] = JsonNode.Parse("[1,true]");

        var e = Assert.Throws<JsonException>(() => ModelMetadataReader.Read(json.Deserialize<JsonElement>()));

        Assert.Contains("history.more[0].half_lives[1] is true", e.Message, StringComparison.Ordinal);
    }

    // 1 where both refuse.
    static int Same(JsonNode json, string what)
    {
        string? mine = Outcome(() => ModelMetadataReader.Read(json.Deserialize<JsonElement>()));
        string? serializers = Outcome(() =>
        {
            // The converter of this part is the code under test, too.
            if (json["heatmaps"] is { } heatmaps)
                _ = heatmaps.Deserialize(HeatmapSpecContext.Default.HeatmapSpecDocument) ?? throw new JsonException("null");
            return json.Deserialize(ModelMetadataJson.Default.ModelMetadataDocument)!;
        });
        Assert.True(mine == serializers, $"{what}: {mine ?? "refused"}; expected {serializers ?? "refused"}");
        return mine is null ? 1 : 0;
    }

    static string? Outcome(Func<ModelMetadataDocument> read)
    {
        try
        {
            return JsonSerializer.Serialize(read(), ModelMetadataJson.Default.ModelMetadataDocument);
        }
        catch (Exception e) when (e is JsonException or HotspotException)
        {
            return null;
        }
    }

    static bool IsNullAmongOthers(string path, string value)
    {
        JsonNode? node = At(path);
        return (value == "null" && node is (JsonObject or JsonArray) && node.Parent is JsonArray)
            || (value == "[null]" && node is JsonArray { Count: > 0 } array && array[0] is (JsonObject or JsonArray));
    }

    static JsonNode? At(string path) => path.Split('/')[1..].Aggregate((JsonNode?)Fresh(), (node, step) => Item(node!, step));

    static JsonNode Changed(string path, Action<JsonNode, string> change)
    {
        JsonNode json = Fresh();
        string[] steps = path.Split('/')[1..];
        JsonNode parent = steps[..^1].Aggregate(json, (node, step) => Item(node, step)!);
        change(parent, steps[^1]);
        return json;
    }

    static JsonNode? Item(JsonNode node, string step) => node is JsonArray array ? array[int.Parse(step, null)] : node[step];

    static void Set(JsonNode parent, string key, JsonNode? value)
    {
        if (parent is JsonArray array)
            array[int.Parse(key, null)] = value;
        else
            parent[key] = value;
    }

    static JsonNode Fresh() => JsonNode.Parse(SampleMetadata.Full.ToJson())!;

    static IEnumerable<string> Paths(JsonNode? node, string path) => node switch
    {
        JsonObject o => o.SelectMany(property => Paths(property.Value, $"{path}/{property.Key}")).Prepend(path),
        JsonArray { Count: > 0 } a => Paths(a[0], $"{path}/0").Prepend(path),
        _ => [path],
    };
}
