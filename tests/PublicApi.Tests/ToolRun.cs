using System.Diagnostics;

namespace HotspotInference.PublicApi.Tests;

/// <summary>A program, run to its end.</summary>
static class ToolRun
{
    static readonly TimeSpan s_limit = TimeSpan.FromMinutes(5);

    /// <summary>Runs <c>dotnet</c> in a folder; what it said.</summary>
    public static string Dotnet(string folder, params string[] arguments) => Of("dotnet", folder, arguments);

    /// <summary>Runs a program in a folder; what it said on its output. Fails with all that it said where it does not end with 0.</summary>
    public static string Of(string program, string folder, params string[] arguments)
    {
        (int exitCode, string output, string error) = Try(program, folder, arguments);
        Assert.True(exitCode == 0, $"'{program} {string.Join(' ', arguments)}' ended with {exitCode}:\n{output}\n{error}");
        return output;
    }

    /// <summary>Runs a program in a folder, which may fail; how it ended and what it said.</summary>
    public static (int ExitCode, string Output, string Error) Try(string program, string folder, params string[] arguments)
    {
        var start = new ProcessStartInfo(program, arguments)
        {
            WorkingDirectory = folder,
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        // A compiler or build server left behind would keep the output open.
        start.Environment["UseSharedCompilation"] = "false";
        start.Environment["MSBUILDDISABLENODEREUSE"] = "1";
        start.Environment["DOTNET_CLI_UI_LANGUAGE"] = "en";
        start.Environment["DOTNET_CLI_TELEMETRY_OPTOUT"] = "1";
        start.Environment["DOTNET_NOLOGO"] = "1";
        using Process process = Process.Start(start)!;
        process.StandardInput.Close();
        Task<string> output = process.StandardOutput.ReadToEndAsync(), error = process.StandardError.ReadToEndAsync();
        if (!process.WaitForExit(s_limit))
        {
            process.Kill(entireProcessTree: true);
            Assert.Fail($"'{program} {string.Join(' ', arguments)}' did not end within {s_limit}.");
        }
        return (process.ExitCode, output.Result, error.Result);
    }
}
