namespace HotspotInference.Cli.Tests;

public sealed class TrainVerbTests : IDisposable
{
    readonly TemporaryFolder _folder = new();
    readonly string? _path = Environment.GetEnvironmentVariable("PATH");

    public void Dispose()
    {
        Environment.SetEnvironmentVariable("PATH", _path);
        _folder.Dispose();
    }

    [Fact]
    public void Train_without_the_tool_says_how_to_get_it()
    {
        Environment.SetEnvironmentVariable("PATH", _folder["nothing"]);

        CommandLineRun run = CommandLineRun.Of("train", "--help");

        Assert.Equal(ExitCode.Failed, run.ExitCode);
        string line = Assert.Single(run.ErrorLines);
        Assert.Contains("dotnet tool install", line, StringComparison.Ordinal);
        Assert.Contains("./hotspot train", line, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("train")]
    [InlineData("tune")]
    public void Train_and_tune_hand_their_whole_command_line_to_the_tool_and_return_what_it_does(string verb)
    {
        if (OperatingSystem.IsWindows())
        {
            Assert.Skip("the stand-in for the tool is a shell script");
            return;
        }
        string seen = _folder["seen"];
        string tool = _folder.Write("hotspot-train", "#!/bin/sh", $"printf '%s\\n' \"$@\" >{seen}", "exit 7");
        File.SetUnixFileMode(tool, UnixFileMode.UserRead | UnixFileMode.UserExecute);
        Environment.SetEnvironmentVariable("PATH", $"{Path.GetDirectoryName(tool)}{Path.PathSeparator}{_path}");

        CommandLineRun run = CommandLineRun.Of("--quiet", verb, "--out", "a b.onnx", "--depth", "3", "--help");

        Assert.Equal(7, run.ExitCode);
        Assert.Empty(run.Error);
        Assert.Equal(["--quiet", verb, "--out", "a b.onnx", "--depth", "3", "--help"], File.ReadAllLines(seen));
    }
}
