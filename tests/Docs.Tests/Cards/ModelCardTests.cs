using System.Globalization;
using System.Text.RegularExpressions;
using HotspotInference.Docs.Tests.Commands;
using HotspotInference.Docs.Tests.Markdown;

namespace HotspotInference.Docs.Tests.Cards;

/// <summary>Every shipped model has a card with what a card has to say, and its facts are the file's.</summary>
public sealed partial class ModelCardTests
{
    static readonly string[] s_sections = ["What it is", "Data", "Made by", "Scores", "Use", "Limits", "Facts"];

    static readonly string[] s_baselines = ["historical average", "EWMA 90 days", "last period"];

    [Theory]
    [MemberData(nameof(ModelCard.Models), MemberType = typeof(ModelCard))]
    public void Card_has_every_section(string model)
    {
        var card = new ModelCard(model);

        Assert.StartsWith($"# Model card: {model}\n", card.Text, StringComparison.Ordinal);
        Assert.Empty(s_sections.Except(card.Sections.Keys));
        Assert.Contains("**Not**", card.Sections["Use"] + card.Sections.GetValueOrDefault("Not"), StringComparison.Ordinal);
        Assert.Matches("[Ll]earnt", card.Sections["Data"]);
    }

    [Theory]
    [MemberData(nameof(ModelCard.Models), MemberType = typeof(ModelCard))]
    public void Scores_have_intervals_and_stand_beside_baselines(string model)
    {
        string scores = new ModelCard(model).Sections["Scores"];

        Assert.Contains("    ./hotspot ", scores, StringComparison.Ordinal);
        Assert.All(s_baselines.Prepend("this model"), name => Assert.Matches($@"(?m)^\| {name} \|.* \.\d{{4}} \(\.\d{{4}}-\.\d{{4}}\) \|", scores));
    }

    [Theory]
    [MemberData(nameof(ModelCard.Models), MemberType = typeof(ModelCard))]
    public void Facts_are_the_files(string model)
    {
        var card = new ModelCard(model);
        string facts = card.FactsOfModel();
        if (Environment.GetEnvironmentVariable(ReferenceTests.Update) == "1")
            card.Write(facts);

        Assert.Equal(facts, card.Facts);
    }

    [Theory]
    [MemberData(nameof(ModelCard.Models), MemberType = typeof(ModelCard))]
    public void Text_says_what_the_file_says(string model)
    {
        var card = new ModelCard(model);
        string what = card.Text[..card.Text.IndexOf("**Data.**", StringComparison.Ordinal)].Replace('\n', ' ');

        Assert.Contains(Regex.Match($"{card.Metadata.Heatmaps.Grid}", @"^\d+ x \d+ cells of \d+ x \d+ m").Value, what, StringComparison.Ordinal);
        Assert.All(Kilobytes().Matches(what), size => Assert.Equal(card.Model.Length / 1000.0, double.Parse(size.Groups[1].Value, CultureInfo.InvariantCulture), size.Groups[1].Value.Contains('.') ? 0.05 : 0.5));
        Assert.All(Parameters().Matches(what), count => Assert.Contains($"| weights | {count.Groups[1].Value} |", card.FactsOfModel(), StringComparison.Ordinal));
        if (card.Metadata.Classes.Count > 1)
            Assert.All(card.Metadata.Classes, name => Assert.Contains($"`{name}`", what, StringComparison.Ordinal));
        string data = card.Sections["Data"];
        Assert.All([card.Metadata.Training!.Value.First, card.Metadata.Training!.Value.Last], day => Assert.Contains($"{day:yyyy-MM-dd}", data, StringComparison.Ordinal));
        if (!card.Metadata.Heatmaps.ExcludedDays.IsEmpty)
            Assert.All($"{card.Metadata.Heatmaps.ExcludedDays}".Split(','), days => Assert.Contains(days, data, StringComparison.Ordinal));
    }

    [Theory]
    [MemberData(nameof(ModelCard.Models), MemberType = typeof(ModelCard))]
    public void Command_that_made_it_has_the_files_settings(string model)
    {
        var card = new ModelCard(model);
        DocumentedCommand made = Assert.Single(DocumentedCommand.In(Pages.All[$"onnx/{model}.md"]), command => command.Arguments.Contains($"onnx/{model}.onnx")
            && command.Arguments[0] is "fit" or "train");

        Assert.Equal($"hotspot {made.Arguments[0]}", card.Metadata.CreatedBy);
        Assert.Equal(card.Metadata.Architecture, made.Arguments[0] == "fit" ? "history" : Of("--architecture"));
        Assert.Equal(card.Metadata.Name, Of("--name"));
        Assert.Equal($"{card.Metadata.Heatmaps.Grid.Rows}x{card.Metadata.Heatmaps.Grid.Columns}", Of("--grid"));
        Assert.Equal($"{card.Metadata.HistoryFrom:yyyy-MM-dd}", Of("--from"));
        Assert.Equal(card.Metadata.TimeZone, Of("--time-zone"));
        Assert.Equal($"{card.Metadata.Heatmaps.ExcludedDays}", Of("--exclude-days") ?? "");
        if (Of("--area") is { } area)
            Assert.Contains($" in {area}", $"{card.Metadata.Heatmaps.Grid}", StringComparison.Ordinal);

        string? Of(string option)
        {
            int at = made.Arguments.ToList().IndexOf(option);
            return at < 0 ? null : made.Arguments[at + 1];
        }
    }

    [Fact]
    public void Every_card_is_of_a_model() =>
        Assert.Equal(ModelCard.Models.Select(model => $"onnx/{model.Data}.md").Order(StringComparer.Ordinal), Pages.All.Keys.Where(name => name.StartsWith("onnx/", StringComparison.Ordinal)).Order(StringComparer.Ordinal));

    [GeneratedRegex(@"(\d+(?:\.\d+)?) kB")]
    private static partial Regex Kilobytes();

    [GeneratedRegex(@"([\d,]+) (?:parameters|weights)\b")]
    private static partial Regex Parameters();
}
