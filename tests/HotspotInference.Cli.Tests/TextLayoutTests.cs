using HotspotInference.Cli.Terminal;

namespace HotspotInference.Cli.Tests;

public sealed class TextLayoutTests
{
    static readonly string[][] s_scores =
    [
        ["forecaster", "Brier", "log loss", "difference", ""],
        ["m", "0.03279", "0.12974", "", "reference"],
        ["historical average", "0.03286", "0.14135", "+0.01161 (+0.00852..+0.01506)", "no difference"],
    ];

    [Fact]
    public void Table_that_fits_is_one()
    {
        IReadOnlyList<string> table = Assert.Single(TextLayout.Table(s_scores, [1, 2, 3], 85));

        Assert.Equal(
        [
            "forecaster            Brier  log loss                     difference",
            "m                   0.03279   0.12974                                 reference",
            "historical average  0.03286   0.14135  +0.01161 (+0.00852..+0.01506)  no difference",
        ], table);
    }

    [Fact]
    public void Table_that_is_too_wide_is_cut_between_columns_and_each_part_names_its_rows()
    {
        IReadOnlyList<IReadOnlyList<string>> parts = TextLayout.Table(s_scores, [1, 2, 3], 70);

        Assert.Equal(
        [
            ["forecaster            Brier  log loss", "m                   0.03279   0.12974", "historical average  0.03286   0.14135"],
            [
                "forecaster                             difference",
                "m                                                  reference",
                "historical average  +0.01161 (+0.00852..+0.01506)  no difference",
            ],
        ], parts);
    }

    [Theory]
    [InlineData(20)]
    [InlineData(40)]
    [InlineData(80)]
    [InlineData(200)]
    public void Every_cell_stands_whole_in_some_part_at_any_width(int width)
    {
        IReadOnlyList<IReadOnlyList<string>> parts = TextLayout.Table(s_scores, [1, 2, 3], width);

        for (int row = 0; row < s_scores.Length; row++)
            Assert.All(s_scores[row], cell => Assert.Contains(parts, part => part[row].Contains(cell, StringComparison.Ordinal)));
    }

    [Fact]
    public void Last_column_of_words_is_broken_between_them()
    {
        string[][] rows = [["rows", "columns"], ["3910", "time 'timestamp', position 'latitude','longitude', kind 'type'"]];

        Assert.Equal(["rows  columns", "3910  time 'timestamp', position", "      'latitude','longitude', kind", "      'type'"],
            Assert.Single(TextLayout.Table(rows, [0], 40)));
    }

    [Fact]
    public void Names_of_wide_characters_keep_columns_in_line() =>
        Assert.Equal(["kind      n", "盗窃      7", "robbery  12"], Assert.Single(TextLayout.Table([["kind", "n"], ["盗窃", "7"], ["robbery", "12"]], [1], 80)));

    [Fact]
    public void Text_is_broken_between_words_and_long_words_stay_whole() =>
        Assert.Equal(["one two", "a-word-of-20-letters", "three"], TextLayout.Wrap("one two a-word-of-20-letters three", 10));
}
