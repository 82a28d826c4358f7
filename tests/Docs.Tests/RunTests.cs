using System.Diagnostics;
using System.Text.RegularExpressions;
using HotspotInference.Docs.Tests.Markdown;

namespace HotspotInference.Docs.Tests;

/// <summary>
/// The commands that pages say are run: by bash, in their order, in an empty folder with a <c>./hotspot</c> and, where a page takes the
/// reader's incidents, a simulated city. The comment before a block says so: <c>run</c>, or <c>run: files</c> with the files that must be
/// there then; <c>fails</c> for one that has to; and <c>shown</c> for lines that were said by the block before.
/// </summary>
public sealed partial class RunTests : IDisposable
{
    static readonly TimeSpan s_patience = TimeSpan.FromMinutes(5);

    readonly EmptyFolder _folder = new();

    public RunTests()
    {
        if (OperatingSystem.IsWindows())
            Assert.Skip("Needs bash.");
        string programs = AppContext.BaseDirectory;
        File.WriteAllText(_folder["hotspot"], $"#!/bin/bash\ncase $1 in train|tune) exec dotnet '{programs}hotspot-train.dll' \"$@\";; *) exec dotnet '{programs}hotspot.dll' \"$@\";; esac\n");
        Bash("chmod +x hotspot");
    }

    public static TheoryData<string> PagesToRun => [.. Pages.All.Where(page => page.Value.Blocks.Any(block => Note().IsMatch(block.Note))).Select(page => page.Key)];

    [Theory]
    [MemberData(nameof(PagesToRun))]
    public void Commands_do_what_the_page_says(string name)
    {
        if (name == "README.md")
            Bash("./hotspot simulate --start 2015-09-01 --days 480 --out reports.csv.gz");
        Page page = Pages.All[name];
        string said = "";
        foreach (CodeBlock block in page.Blocks.Where(block => block.Note.Length > 0))
        {
            Match note = Note().Match(block.Note);
            string where = $"{name}:{block.Line}";
            if (!note.Success)
                continue;
            if (note.Groups["what"].Value == "shown")
            {
                string[] lines = [.. said.Split('\n').Select(Plain)];
                string[] missing = [.. block.Lines.Select(Plain).Where(line => line is not ("" or "...") && !lines.Contains(line))];
                Assert.True(missing.Length == 0, $"{where}: not said:\n{string.Join('\n', missing)}\n\nSaid was:\n{said}");
                continue;
            }
            (int exitCode, said) = Bash(block.Text);
            Assert.True(exitCode == 0 == (note.Groups["what"].Value == "run"), $"{where}: exit code {exitCode}\n{said}");
            foreach (string file in note.Groups["files"].Value.Split(' ', StringSplitOptions.RemoveEmptyEntries))
                Assert.True(new FileInfo(_folder[file]) is { Exists: true, Length: > 0 }, $"{where}: no {file} was written");
        }
    }

    [Theory]
    [InlineData("README.md")]
    [InlineData("docs/faq.md")]
    [InlineData("docs/getting-started.md")]
    public void First_pages_are_run(string name) => Assert.Contains(PagesToRun, page => page.Data == name);

    public void Dispose() => _folder.Dispose();

    (int ExitCode, string Said) Bash(string script)
    {
        File.WriteAllText(_folder["script.sh"], $"set -eo pipefail\nexec 2>&1\n{script}\n");
        using Process bash = Process.Start(new ProcessStartInfo("bash", "script.sh")
        {
            WorkingDirectory = _folder.Path, RedirectStandardOutput = true, Environment = { ["NO_COLOR"] = "1" },
        })!;
        Task<string> said = bash.StandardOutput.ReadToEndAsync(TestContext.Current.CancellationToken);
        if (!bash.WaitForExit(s_patience))
        {
            bash.Kill(entireProcessTree: true);
            bash.WaitForExit();
        }
        return (bash.ExitCode, said.GetAwaiter().GetResult());
    }

    // Columns are as wide as the widest of their rows, which a page may leave out.
    static string Plain(string line) => Spaces().Replace(line, " ").Trim();

    [GeneratedRegex("^<!-- (?<what>run|fails|shown)(?:: (?<files>.*))? -->")]
    private static partial Regex Note();

    [GeneratedRegex(@"\s+")]
    private static partial Regex Spaces();
}
