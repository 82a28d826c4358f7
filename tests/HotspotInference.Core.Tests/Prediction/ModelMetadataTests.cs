using System.Text.Json.Nodes;
using HotspotInference.Features;
using HotspotInference.Forecasts;
using HotspotInference.Prediction;

namespace HotspotInference.Tests.Prediction;

public sealed class ModelMetadataTests
{
    static readonly ModelMetadata s_full = SampleMetadata.Full;

    [Fact]
    public void Parse_of_a_written_document_gives_every_property_back()
    {
        ModelMetadata read = ModelMetadata.Parse(s_full.ToJson());

        Assert.Equal(s_full.Architecture, read.Architecture);
        Assert.Equal(s_full.Name, read.Name);
        Assert.Equal(s_full.Heatmaps, read.Heatmaps);
        Assert.Equal(s_full.TimeZone, read.TimeZone);
        Assert.Equal(s_full.Features, read.Features);
        Assert.Equal(s_full.External, read.External);
        Assert.Equal(s_full.Horizon, read.Horizon);
        Assert.Equal(s_full.Classes, read.Classes);
        Assert.Equal(s_full.Grid, read.Grid);
        Assert.Equal(s_full.Border, read.Border);
        Assert.Equal(s_full.Thresholds!.Values.ToArray(), read.Thresholds!.Values.ToArray());
        Assert.Equal(ThresholdSource.Validation, read.Thresholds.Source);
        Assert.Equal((s_full.Selection!.Rule, s_full.Border), (read.Selection!.Rule, read.Selection.Border));
        Assert.Equal(s_full.Selection.Curves.Select(curve => (curve.Class, curve.SelectedIndex)),
            read.Selection.Curves.Select(curve => (curve.Class, curve.SelectedIndex)));
        Assert.Equal(s_full.Selection.Curves.SelectMany(curve => curve.Points), read.Selection.Curves.SelectMany(curve => curve.Points));
        Assert.Equal(s_full.Calibration!.Method, read.Calibration!.Method);
        Assert.Equal(s_full.Calibration.Classes, read.Calibration.Classes);
        Assert.Equal(s_full.HistoryFrom, read.HistoryFrom);
        Assert.Equal(s_full.Training, read.Training);
        Assert.Equal(s_full.Validation, read.Validation);
        Assert.Equal(s_full.DataFingerprint, read.DataFingerprint);
        Assert.Equal(s_full.Seed, read.Seed);
        Assert.Equal(s_full.LibraryVersion, read.LibraryVersion);
        Assert.Equal(s_full.CreatedBy, read.CreatedBy);
        Assert.Equal((s_full.Origin!.Name, s_full.Origin.Training, s_full.Origin.DataFingerprint), (read.Origin!.Name, read.Origin.Training, read.Origin.DataFingerprint));
        Assert.Equal(s_full.Origin.Levels, read.Origin.Levels);
        Assert.Equal(s_full, read);
        MapWindowSpec last = s_full.Features.Maps! with { Lags = MapWindowSpec.LastPeriods(3, s_full.Horizon) };
        ModelMetadata special = ModelMetadata.Parse(
            (s_full with { Features = s_full.Features with { Maps = last }, StateChannels = 12, FixedBatch = 3, Precision = "int8" }).ToJson());
        Assert.Equal((12, true, 3, "int8"), (special.StateChannels, special.IsStreaming, special.FixedBatch, special.Precision));
        // A property added to the record and forgotten here shows up as a count.
        Assert.Equal(26, typeof(ModelMetadata).GetProperties().Length);
    }

    [Fact]
    public void Parse_of_the_least_document_keeps_what_is_absent_absent()
    {
        ModelMetadata least = new()
        {
            Architecture = "history",
            Name = "least",
            Heatmaps = s_full.Heatmaps,
            TimeZone = "UTC",
            Features = new FeatureSpec(),
            Classes = ["any"],
        };

        ModelMetadata read = ModelMetadata.Parse(least.ToJson());

        Assert.Equal(new FeatureSpec(), read.Features);
        Assert.Null(read.Thresholds);
        Assert.Null(read.Selection);
        // As in documents from before there were selections.
        Assert.DoesNotContain("threshold_selection", least.ToJson(), StringComparison.Ordinal);
        Assert.Null(read.Origin);
        Assert.DoesNotContain("transferred_from", least.ToJson(), StringComparison.Ordinal);
        Assert.DoesNotContain("calibration", least.ToJson(), StringComparison.Ordinal);
        Assert.Null(read.Training);
        Assert.Null(read.Seed);
        Assert.Equal("0.1.0", read.LibraryVersion);
    }

    [Fact]
    public void Document_of_a_model_of_the_next_incident_keeps_its_events_and_contradicts_nothing()
    {
        ModelMetadata next = s_full with
        {
            Features = new FeatureSpec(),
            Events = new EventSpec { Steps = 32 },
            Classes = ["any"],
            Horizon = 1,
            Thresholds = null,
            Selection = null,
            Calibration = null,
            Origin = null,
        };

        ModelMetadata read = ModelMetadata.Parse(next.ToJson());

        Assert.Equal((32, 33, 128), (read.Events!.Steps, read.Events.NeededEvents, read.Events.WindowLength));
        Assert.Equal(["row", "column", "hours", "meters"], read.Events.Features);
        Assert.DoesNotContain("\"events\":{", s_full.ToJson(), StringComparison.Ordinal);
        foreach (ModelMetadata wrong in (ModelMetadata[])[next with { Grid = GridMode.Any }, next with { Horizon = 2 },
            next with { Events = new EventSpec { Steps = 0 } }, next with { Events = new EventSpec { Steps = 2, Features = ["row", "column"] } }])
            Assert.Throws<HotspotException>(() => wrong.ToJson());
    }

    [Fact]
    public void Document_spells_its_properties_in_snake_case()
    {
        JsonNode json = JsonNode.Parse(s_full.ToJson())!;

        Assert.Equal(1, (int)json["schema_version"]!);
        Assert.Equal("America/New_York", (string)json["time_zone"]!);
        Assert.Equal(38.8185, (double)json["heatmaps"]!["area"]!["south"]!);
        Assert.Equal("6h", (string)json["heatmaps"]!["cadence"]!);
        Assert.Equal("MURDER", (string)json["heatmaps"]!["kinds"]![0]!["kinds"]![1]!);
        Assert.Equal("empty_periods", (string)json["heatmaps"]!["missing_periods"]!);
        Assert.Equal("weekday_mean", (string)json["heatmaps"]!["filling"]!);
        Assert.Equal("07-01..07-06,12-29..01-02", (string)json["heatmaps"]!["excluded_days"]!);
        Assert.Equal([16, 8, 2], json["window"]!["lags"]!.AsArray().GetValues<int>());
        Assert.Null(json["window"]!["binary_threshold"]);
        Assert.Equal("Infinity", (string)json["history"]!["half_lives"]![2]!);
        Assert.Equal("sunday", (string)json["calendar"]![1]!);
        Assert.Equal("""{"name":"rain","source":"period","lag":1,"mean":2.5,"scale":0.1}""", json["external"]![0]!.ToJsonString());
        Assert.Equal("cell", (string)json["external"]![1]!["source"]!);
        Assert.Equal("fixed", (string)json["grid"]!);
        Assert.Equal(2, (int)json["border"]!["ignored_margin_cells"]!);
        Assert.Equal(96, (double)json["thresholds"]!["percentiles"]![1]!);
        Assert.Equal("2008-05-04", (string)json["history_from"]!);
        Assert.Equal("2014-12-31", (string)json["training"]!["last"]!);
    }

    [Fact]
    public void Parse_of_an_unknown_schema_version_names_both_versions()
    {
        JsonNode json = JsonNode.Parse(s_full.ToJson())!;
        json["schema_version"] = 7;
        // A later version need not have any of this version's properties.
        json.AsObject().Remove("classes");

        var e = Assert.Throws<HotspotException>(() => ModelMetadata.Parse(json.ToJsonString(), "model 'a.onnx'"));

        Assert.Equal("model 'a.onnx'", e.Subject);
        Assert.Contains("version 7", e.Found, StringComparison.Ordinal);
        Assert.Contains("version 1", e.Expected, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("")]
    [InlineData("null")]
    [InlineData("[]")]
    [InlineData("{}")]
    [InlineData("{\"schema_version\":1}")]
    [InlineData("{\"schema_version\":\"one\"}")]
    [InlineData("{\"schema_version\":1,")]
    public void Parse_of_malformed_text_is_refused(string json)
    {
        var e = Assert.Throws<HotspotException>(() => ModelMetadata.Parse(json));

        Assert.Contains("cannot be read", e.Found, StringComparison.Ordinal);
    }

    [Fact]
    public void Parse_of_a_history_from_before_there_were_phases_and_blocks_has_none()
    {
        HistorySpec history = s_full.Features.History!, block = history.More[0];

        Assert.Equal(history with { More = [] }, Without("/history/more"));
        Assert.Equal(history with { More = [block with { BinaryThreshold = null }] }, Without("/history/more/0/binary_threshold"));
        Assert.Equal(history with { More = [block with { Phase = HistoryPhase.All }] }, Without("/history/more/0/phase"));

        static HistorySpec? Without(string path)
        {
            JsonNode json = JsonNode.Parse(s_full.ToJson())!;
            Remove(json, path);
            return ModelMetadata.Parse(json.ToJsonString()).Features.History;
        }
    }

    [Fact]
    public void Parse_of_a_document_without_any_one_property_that_was_always_there_is_refused()
    {
        string[] newer = ["/threshold_selection", "/calibration", "/transferred_from", "/history/more", "/history/more/0/binary_threshold", "/history/more/0/phase"];
        foreach (string path in Properties(JsonNode.Parse(s_full.ToJson())!, "").Except(newer))
        {
            JsonNode json = JsonNode.Parse(s_full.ToJson())!;
            Remove(json, path);
            var e = Assert.Throws<HotspotException>(() => ModelMetadata.Parse(json.ToJsonString()));
            Assert.Contains(path.Split('/')[^1], e.Message, StringComparison.Ordinal);
        }

        static IEnumerable<string> Properties(JsonNode? node, string path) => node switch
        {
            JsonObject o => o.SelectMany(p => Properties(p.Value, $"{path}/{p.Key}").Prepend($"{path}/{p.Key}")),
            JsonArray a => a.SelectMany((item, i) => Properties(item, $"{path}/{i}")),
            _ => [],
        };
    }

    static void Remove(JsonNode json, string path)
    {
        string[] steps = path.Split('/')[1..];
        foreach (string step in steps[..^1])
            json = json is JsonArray array ? array[int.Parse(step, null)]! : json[step]!;
        json.AsObject().Remove(steps[^1]);
    }

    [Theory]
    [InlineData("architecture", "\"\"")]
    [InlineData("time_zone", "\" \"")]
    [InlineData("horizon", "0")]
    [InlineData("horizon", "3")]
    [InlineData("classes", "[]")]
    [InlineData("classes", "[\"any\",\"any\"]")]
    [InlineData("classes", "[\"theft\"]")]
    [InlineData("external", "[\"rain\"]")]
    [InlineData("external/0/source", "\"moon\"")]
    [InlineData("external/1/name", "\"rain\"")]
    [InlineData("external/0/lag", "-1")]
    [InlineData("external/1/lag", "1")]
    [InlineData("external/0/mean", "\"NaN\"")]
    [InlineData("external/0/scale", "0")]
    [InlineData("calendar", "[]")]
    [InlineData("grid", "\"round\"")]
    [InlineData("border", "{\"ignored_margin_cells\":15}")]
    [InlineData("border", "{\"ignored_margin_cells\":-1}")]
    [InlineData("training", "{\"first\":\"2015-01-02\",\"last\":\"2015-01-01\"}")]
    [InlineData("data_fingerprint", "\"1234\"")]
    [InlineData("window", "{\"lags\":[],\"channels\":[\"any\"],\"binary_threshold\":1}")]
    [InlineData("window", "{\"lags\":[2],\"channels\":[\"theft\"],\"binary_threshold\":1}")]
    [InlineData("window", "{\"lags\":[2],\"channels\":[\"any\"],\"binary_threshold\":0}")]
    [InlineData("window", "{\"lags\":[2],\"channels\":[null],\"binary_threshold\":1}")]
    [InlineData("thresholds", "[]")]
    [InlineData("threshold_selection", "{\"rule\":\"luck=1\",\"classes\":[]}")]
    [InlineData("threshold_selection", "{\"rule\":\"cost=1\",\"classes\":[],\"more\":1}")]
    [InlineData("threshold_selection/classes/0/class", "\"other\"")]
    [InlineData("threshold_selection/classes/0/class", "\"any\"")]
    [InlineData("threshold_selection/classes/0/selected", "2")]
    [InlineData("threshold_selection/classes/0/periods", "0")]
    [InlineData("threshold_selection/classes/0/hot", "[1]")]
    [InlineData("threshold_selection/classes/0/hot", "[90,80]")]
    [InlineData("threshold_selection/classes/0/hot", "[0,301]")]
    [InlineData("threshold_selection/classes/0/found", "[1,6]")]
    [InlineData("threshold_selection/classes/0/found", "[0,9]")]
    [InlineData("threshold_selection/classes/0/events_hit", "[0,10]")]
    [InlineData("threshold_selection/classes/0/thresholds", "[0.1,0.3]")]
    [InlineData("threshold_selection/classes/0/thresholds", "[1.5,0.3]")]
    [InlineData("threshold_selection/classes/0/thresholds", "[]")]
    [InlineData("calibration", "{\"method\":\"luck\",\"classes\":[]}")]
    [InlineData("calibration", "{\"method\":\"temperature\",\"classes\":[]}")]
    [InlineData("calibration/classes/0/class", "\"any\"")]
    [InlineData("calibration/classes/0/slope", "0")]
    [InlineData("calibration/classes/0/slope", "\"Infinity\"")]
    [InlineData("calibration/classes/0/shift", "\"NaN\"")]
    [InlineData("calibration/classes/0/risks", "[0,1]")]
    [InlineData("calibration/classes/0/calibrated", "[0,1]")]
    [InlineData("calibration/method", "\"isotonic\"")]
    [InlineData("something_else", "1")]
    [InlineData("transferred_from/name", "\"\"")]
    [InlineData("transferred_from/name", "null")]
    [InlineData("transferred_from/data_fingerprint", "\"b\"")]
    [InlineData("transferred_from/training", "{\"first\":\"2015-01-02\",\"last\":\"2015-01-01\"}")]
    [InlineData("transferred_from/levels", "[1]")]
    [InlineData("transferred_from/levels", "[1,0]")]
    [InlineData("transferred_from/city", "\"a\"")]
    [InlineData("history", "{\"half_lives\":[-1],\"smoothings\":[0],\"channels\":[\"any\"]}")]
    [InlineData("history", "{\"half_lives\":[\"NaN\"],\"smoothings\":[0],\"channels\":[\"any\"]}")]
    [InlineData("history", "{\"half_lives\":[1],\"smoothings\":[-1],\"channels\":[\"any\"]}")]
    [InlineData("thresholds", "{\"classes\":[\"other\"],\"percentiles\":[],\"risks\":[[]]}")]
    [InlineData("thresholds", "{\"classes\":[\"any\"],\"percentiles\":[96,90],\"risks\":[[0.1,0.2]]}")]
    [InlineData("thresholds", "{\"classes\":[\"any\"],\"percentiles\":[90,96],\"risks\":[[0.2,0.1]]}")]
    [InlineData("thresholds", "{\"classes\":[\"any\"],\"percentiles\":[96],\"risks\":[[1.1]]}")]
    [InlineData("thresholds", "{\"classes\":[\"any\"],\"percentiles\":[96],\"risks\":[[0.1,0.2]]}")]
    [InlineData("thresholds", "{\"classes\":[\"any\"],\"percentiles\":[96],\"risks\":[null]}")]
    [InlineData("thresholds", "{\"classes\":[\"any\"],\"percentiles\":[101],\"risks\":[[0.1]]}")]
    public void Parse_of_metadata_that_contradict_themselves_is_refused(string property, string value)
    {
        JsonNode json = JsonNode.Parse(s_full.ToJson())!;
        string[] steps = property.Split('/');
        JsonNode parent = steps[..^1]
            .Aggregate(json, (node, step) => node is JsonArray array ? array[int.Parse(step, null)]! : node[step]!);
        parent[steps[^1]] = JsonNode.Parse(value);

        var e = Assert.Throws<HotspotException>(() => ModelMetadata.Parse(json.ToJsonString(), "model 'a.onnx'"));

        Assert.StartsWith("model 'a.onnx'", e.Subject, StringComparison.Ordinal);
    }

    [Fact]
    public void Parse_of_an_unusable_heat_map_specification_names_the_model_and_the_part()
    {
        JsonNode json = JsonNode.Parse(s_full.ToJson())!;
        json["heatmaps"]!["cadence"] = "fortnight";

        var e = Assert.Throws<HotspotException>(() => ModelMetadata.Parse(json.ToJsonString(), "model 'a.onnx'"));

        Assert.Equal("model 'a.onnx', cadence", e.Subject);
        Assert.Contains("fortnight", e.Found, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("[0,0.1,1]", "[0,0.2,1]", true)]
    [InlineData("[0,1]", "[0,1]", true)]
    [InlineData("[0,0.1,1]", "[0,0.2,0.9]", false)]
    [InlineData("[0,0.1,1]", "[0,1]", false)]
    [InlineData("[0,0.1,1]", "[0,0,1]", false)]
    [InlineData("[0,0.1,0.1,1]", "[0,0.2,0.3,1]", false)]
    [InlineData("[0.1,1]", "[0,1]", false)]
    [InlineData("[0]", "[0]", false)]
    [InlineData("null", "null", false)]
    public void Knots_of_a_calibration_rise_from_0_to_1(string risks, string calibrated, bool isAccepted)
    {
        JsonNode json = JsonNode.Parse((s_full with { Calibration = null }).ToJson())!;
        json["calibration"] = JsonNode.Parse($$"""
            {"method":"isotonic","classes":[{"class":"severe","risks":[0,1],"calibrated":[0,1]},{"class":"any","risks":{{risks}},"calibrated":{{calibrated}}}]}
            """);

        if (isAccepted)
            Assert.Equal(JsonNode.Parse(risks)!.AsArray().GetValues<double>(), ModelMetadata.Parse(json.ToJsonString()).Calibration!.Classes[1].Risks);
        else
            Assert.Throws<HotspotException>(() => ModelMetadata.Parse(json.ToJsonString()));
    }

    [Fact]
    public void Metadata_are_equal_where_every_property_is()
    {
        Assert.Equal(s_full, s_full with { External = [.. s_full.External] });
        Assert.NotEqual(s_full, s_full with { External = [.. s_full.External.Reverse()] });
        Assert.NotEqual(s_full, s_full with { Horizon = 0 });
        Assert.Equal(s_full.GetHashCode(), (s_full with { External = [.. s_full.External] }).GetHashCode());
    }

    [Fact]
    public void ToJson_refuses_metadata_that_no_reader_would_accept() =>
        Assert.Throws<HotspotException>(() => (s_full with { Horizon = 0 }).ToJson());
}
