using System.Diagnostics;

namespace HotspotInference.PublicApi.Tests;

/// <summary>The service sample, listening on a port that the system chose, until disposed of.</summary>
sealed class RunningService : IDisposable
{
    const string Listening = "Now listening on: ";

    readonly Process _process;

    RunningService(Process process, HttpClient client)
    {
        _process = process;
        Client = client;
    }

    /// <summary>Asks it.</summary>
    public HttpClient Client { get; }

    /// <summary>Starts it with options and waits until it listens.</summary>
    public static async Task<RunningService> StartAsync(CancellationToken token, params string[] options)
    {
        string folder = Built.FolderOf("HotspotService");
        Process process = Process.Start(new ProcessStartInfo("dotnet", ["HotspotService.dll", "--urls", "http://127.0.0.1:0", .. options])
        {
            WorkingDirectory = folder,
            RedirectStandardOutput = true,
        })!;
        while (await process.StandardOutput.ReadLineAsync(token) is { } line)
        {
            int address = line.IndexOf(Listening, StringComparison.Ordinal);
            if (address < 0)
                continue;
            // Read on, so that it never waits for a full pipe.
            _ = process.StandardOutput.ReadToEndAsync(CancellationToken.None);
            return new RunningService(process, new HttpClient { BaseAddress = new Uri(line[(address + Listening.Length)..].Trim()) });
        }
        process.Dispose();
        throw new InvalidOperationException("The service ended before it listened.");
    }

    public void Dispose()
    {
        Client.Dispose();
        _process.Kill(entireProcessTree: true);
        _process.WaitForExit();
        _process.Dispose();
    }
}
