using System.Text;
using HotspotInference.Cli.Tests;
using HotspotInference.Training.Tuning;

namespace HotspotInference.Training.Tests.Tuning;

public sealed class StudyTests : IDisposable
{
    static readonly SearchSpace s_space = new([HyperParameterText.Parse("a=linear:0..1"), HyperParameterText.Parse("b=x|y")]);
    static readonly Dictionary<string, string> s_options = new() { ["blocks"] = "2015" };
    static readonly TrialResult s_first = new(0, 0, 3, ["0.5", "x"], 0.25, [0.2, 0.3], 1.5, null);
    static readonly TrialResult s_second = new(1, 0, 3, ["0.6", "y"], null, [], 0.1, "a loss of NaN\nin epoch 1");

    readonly TemporaryFolder _folder = new();

    string File => _folder["s.jsonl"];

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Study_is_read_as_it_was_written()
    {
        Write();

        Assert.Equal(3, System.IO.File.ReadAllLines(File).Length);
        using var again = Study.Open(File, s_space, s_options);
        Assert.Equivalent(new[] { s_first, s_second }, again.Results, strict: true);
    }

    // Lengths that a killed process can leave behind.
    [Fact]
    public void Line_cut_off_anywhere_was_never_written()
    {
        Write();
        byte[] whole = System.IO.File.ReadAllBytes(File);
        int[] ends = [.. whole.Index().Where(at => at.Item == '\n').Select(at => at.Index + 1)];
        foreach (int length in (int[])[0, 20, ends[0] - 1, ends[0], ends[0] + 1, ends[1] - 1, ends[1], ends[1] + 60, ends[2] - 1, ends[2]])
        {
            System.IO.File.WriteAllBytes(File, whole[..length]);

            using (var study = Study.Open(File, s_space, s_options))
            {
                Assert.Equal(Math.Max(0, ends.Count(end => end <= length) - 1), study.Results.Count);
                foreach (TrialResult missing in new[] { s_first, s_second }.Skip(study.Results.Count))
                    study.Append(missing);
            }
            Assert.Equal(whole, System.IO.File.ReadAllBytes(File));
        }
    }

    [Fact]
    public void Study_of_other_options_or_another_space_is_refused_by_name()
    {
        Write();

        Assert.Contains("blocks '2015'", Refusal(s_space, new() { ["blocks"] = "2016" }), StringComparison.Ordinal);
        Assert.Contains("a=linear:0..2", Refusal(new([HyperParameterText.Parse("a=linear:0..2")]), s_options), StringComparison.Ordinal);
    }

    [Fact]
    public void File_that_is_none_or_damaged_in_the_middle_is_refused_and_left_as_it_is()
    {
        System.IO.File.WriteAllText(File, "city,day");
        Assert.Contains("another content", Refusal(s_space, s_options), StringComparison.Ordinal);
        Assert.Equal("city,day", System.IO.File.ReadAllText(File));

        System.IO.File.Delete(File);
        Write();
        string damaged = System.IO.File.ReadAllText(File).Replace("\"trial\":0", "\"trial\":", StringComparison.Ordinal);
        System.IO.File.WriteAllText(File, damaged, new UTF8Encoding(false));
        Assert.Contains("line 2", Refusal(s_space, s_options), StringComparison.Ordinal);
        Assert.Equal(damaged, System.IO.File.ReadAllText(File));
    }

    [Fact]
    public void Study_that_another_has_open_is_refused()
    {
        using var study = Study.Open(File, s_space, s_options);

        Assert.Contains("used by nobody else", Refusal(s_space, s_options), StringComparison.Ordinal);
    }

    void Write()
    {
        using var study = Study.Open(File, s_space, s_options);
        study.Append(s_first);
        study.Append(s_second);
    }

    string Refusal(SearchSpace space, Dictionary<string, string> options) =>
        Assert.Throws<HotspotException>(() => Study.Open(File, space, options)).Message;
}
