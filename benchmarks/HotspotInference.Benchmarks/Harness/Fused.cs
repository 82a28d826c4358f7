using System.Globalization;
using HotspotInference.Benchmarks.Graphs;

namespace HotspotInference.Benchmarks.Harness;

/// <summary>A ConvLSTM step in C++ beside the library's graphs, and beside the processor's own pace, in turns: <c>benchmarks/fused-step</c>.</summary>
static class Fused
{
    // As many processes of each: where the system puts threads and memory is decided once.
    const int Launches = 2;

    static readonly string[] s_ways = ["peak", "float32", "bfloat16"];

    /// <param name="output">Gets the table.</param>
    /// <param name="program">The C++ program.</param>
    /// <param name="hidden">Channels of a state; none measures 8, 16 and 32.</param>
    /// <param name="time">How long each row is measured.</param>
    public static void Run(TextWriter output, string program, IReadOnlyList<string> hidden, TimeSpan time)
    {
        output.WriteLine("## A fused step in C++: two ConvLSTM layers, 16 maps of 32 x 32, 3 x 3, ms a window");
        output.WriteLine();
        output.WriteLine("| hidden | batch | threads | library | library, eight bits | way | fused | library / fused | eight bits / fused | GFLOP/s | of the peak |");
        output.WriteLine("| --- | --- | --- | --- | --- | --- | --- | --- | --- | --- | --- |");
        int[] sizes = hidden.Count == 0 ? [8, 16, 32] : [.. hidden.Select(text => int.Parse(text, CultureInfo.InvariantCulture))];
        DirectoryInfo folder = Directory.CreateTempSubdirectory("hotspot-fused-");
        try
        {
            foreach (int size in sizes)
            foreach (int batch in new[] { 1, 32 })
            foreach (int threads in new[] { 1, 2 })
                Networks(output, folder.FullName, program, new ConvLstmSize(size), batch, threads, time);
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    static void Networks(TextWriter output, string folder, string program, ConvLstmSize size, int batch, int threads, TimeSpan time)
    {
        (string library, string maps) = PeerFiles.Write(folder, size, batch);
        string fast = Path.Combine(folder, "fast.onnx");
        File.WriteAllBytes(fast, ConvLstmGraphs.Fast(size));
        using (var session = new BoundSession(File.ReadAllBytes(library), threads: 1))
        {
            session.Fill("maps", File.ReadAllBytes(maps));
            session.Run();
            PeerFiles.Write(Path.Combine(folder, "risk.bin"), session.Results[0]);
        }
        List<double>[] seconds = [[], [], .. s_ways.Select(_ => new List<double>())];
        for (int launch = 0; launch < Launches; launch++)
        {
            List<Peer> peers = [];
            try
            {
                peers.Add(Peer.Ours("model", library, maps, Text(threads)));
                peers.Add(Peer.Ours("model", fast, maps, Text(threads), Text(batch), Text(size.Side)));
                foreach (string way in s_ways)
                    peers.Add(Peer.Start(program, [folder, Text(size.Hidden), way, Text(batch), Text(threads)])
                        ?? throw new InvalidOperationException($"{program} does not run with {size.Hidden} channels in {way}."));
                IReadOnlyList<Timing?> turns = Peer.InTurns(peers, time / Launches);
                for (int i = 0; i < seconds.Length; i++)
                    seconds[i].AddRange(turns[i]!.Seconds);
            }
            finally
            {
                peers.ForEach(peer => peer.Dispose());
            }
        }
        Timing[] timings = [.. seconds.Select((each, i) => new Timing($"{i}", each))];
        Timing peak = timings[2];
        for (int i = 2; i < timings.Length; i++)
        {
            string ratios = i == 2 ? "| " : $"{Ratios.Text(timings[0], timings[i])} | {Ratios.Text(timings[1], timings[i])}";
            output.WriteLine(string.Create(CultureInfo.InvariantCulture,
                $"| {size.Hidden} | {batch} | {threads} | {Each(0)} | {Each(1)} | {s_ways[i - 2]} | {Each(i)} | {ratios} | {size.Flop * batch / timings[i].Median / 1e9:F0} | {peak.Over(timings[i]).Median:F2} |"));
        }

        string Each(int i) => (timings[i].Median * 1e3 / batch).ToString("F2", CultureInfo.InvariantCulture);
    }

    static string Text(int value) => value.ToString(CultureInfo.InvariantCulture);
}
