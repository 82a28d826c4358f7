using System.Globalization;
using System.Runtime.InteropServices;
using HotspotInference.Benchmarks.Graphs;

namespace HotspotInference.Benchmarks.Harness;

/// <summary>
/// A ConvLSTM step in C++ beside the library's graphs, and beside the processor's own pace, in turns: <c>benchmarks/fused-step</c>.
/// </summary>
static class Fused
{
    const string Fast = "fast";

    // What the C++ program computes, of which the first is not the network.
    static readonly string[] s_ways = ["peak", "float32", "bfloat16", "bytes"];

    /// <param name="output">Gets the tables.</param>
    /// <param name="program">The C++ program.</param>
    /// <param name="hidden">Channels of a state; none measures 8, 16 and 32.</param>
    /// <param name="time">How long each row is measured.</param>
    /// <param name="isQuick">
    /// One process of each in place of two: where the system puts threads and memory is decided once in a process.
    /// </param>
    public static void Run(TextWriter output, string program, IReadOnlyList<string> hidden, TimeSpan time, bool isQuick)
    {
        output.WriteLine("## A fused step in C++: two ConvLSTM layers, 16 maps of 32 x 32, 3 x 3, ms a window");
        output.WriteLine();
        output.WriteLine("| hidden | batch | threads | peak GFLOP/s | library | fused float32 | bfloat16 | library, eight bits "
            + "| fused bytes | library / float32 | library / bfloat16 | eight bits / bytes "
            + "| of the peak: library | float32 | bfloat16 | bytes |");
        output.WriteLine("| --- | --- | --- | --- | --- | --- | --- | --- | --- | --- | --- | --- | --- | --- | --- | --- |");
        int[] sizes = hidden.Count == 0 ? [8, 16, 32] : [.. hidden.Select(text => int.Parse(text, CultureInfo.InvariantCulture))];
        var errors = new StringWriter();
        DirectoryInfo folder = Directory.CreateTempSubdirectory("hotspot-fused-");
        try
        {
            foreach (int size in sizes)
            {
                foreach (int batch in new[] { 1, 32 })
                {
                    Prepare(folder.FullName, new ConvLstmSize(size), batch);
                    foreach (int threads in new[] { 1, 2 })
                        Networks(output, folder.FullName, program, new ConvLstmSize(size), batch, threads, time, isQuick ? 1 : 2);
                }
                Errors(errors, folder.FullName, size);
            }
        }
        finally
        {
            folder.Delete(recursive: true);
        }
        output.WriteLine();
        output.WriteLine("## How far off risk is at most from the library's in float32: 32 windows");
        output.WriteLine();
        output.WriteLine("| hidden | fused float32 | bfloat16 | bytes | library, eight bits | risk, lowest to highest |");
        output.WriteLine("| --- | --- | --- | --- | --- | --- |");
        output.Write(errors);
    }

    static string Model(string folder, string name) => Path.Combine(folder, $"{name}.onnx");

    static string Risk(string folder, string name) => Path.Combine(folder, $"{name}.bin");

    // Writes models, maps and weights, and what ONNX Runtime makes of them.
    static void Prepare(string folder, ConvLstmSize size, int batch)
    {
        (string library, string maps) = PeerFiles.Write(folder, size, batch);
        File.WriteAllBytes(Model(folder, Fast), ConvLstmGraphs.Fast(size));
        foreach (string model in new[] { library, Model(folder, Fast) })
        {
            using var session = new BoundSession(File.ReadAllBytes(model), threads: 1,
                ("batch", batch), ("row", size.Side), ("column", size.Side));
            session.Fill("maps", File.ReadAllBytes(maps));
            session.Run();
            PeerFiles.Write(Path.ChangeExtension(model, ".bin"), session.Results[0]);
        }
    }

    static void Networks(TextWriter output, string folder, string program, ConvLstmSize size, int batch, int threads,
        TimeSpan time, int launches)
    {
        string maps = Path.Combine(folder, "maps.bin");
        List<double>[] seconds = [[], [], .. s_ways.Select(_ => new List<double>())];
        for (int launch = 0; launch < launches; launch++)
        {
            List<Peer> peers = [];
            try
            {
                peers.Add(Peer.Ours("model", Model(folder, "library"), maps, Text(threads)));
                peers.Add(Peer.Ours("model", Model(folder, Fast), maps, Text(threads), Text(batch), Text(size.Side)));
                foreach (string way in s_ways)
                    peers.Add(Peer.Start(program, [folder, Text(size.Hidden), way, Text(batch), Text(threads)])
                        ?? throw new InvalidOperationException($"{program} does not compute {size.Hidden} channels in {way}."));
                if (Off(folder, s_ways[1]) is var off && !(off < 1e-5))
                    throw new InvalidOperationException(
                        $"Risk of {program} is off by {off}; expected at most 1E-5, or it does not compute the same.");
                IReadOnlyList<Timing?> turns = Peer.InTurns(peers, time / launches);
                for (int i = 0; i < seconds.Length; i++)
                    seconds[i].AddRange(turns[i]!.Seconds);
            }
            finally
            {
                peers.ForEach(peer => peer.Dispose());
            }
        }
        Timing[] timings = [.. seconds.Select((each, i) => new Timing($"{i}", each))];
        Timing library = timings[0], fast = timings[1], peak = timings[2], plain = timings[3], half = timings[4], bytes = timings[5];
        output.WriteLine(string.Create(CultureInfo.InvariantCulture,
            $"| {size.Hidden} | {batch} | {threads} | {size.Flop * batch / peak.Median / 1e9:F0} "
            + $"| {Each(library)} | {Each(plain)} | {Each(half)} | {Each(fast)} | {Each(bytes)} "
            + $"| {Ratios.Text(library, plain)} | {Ratios.Text(library, half)} | {Ratios.Text(fast, bytes)} "
            + $"| {Share(library)} | {Share(plain)} | {Share(half)} | {Share(bytes)} |"));

        string Each(Timing timing) => Ratios.Each(timing, batch);

        string Share(Timing timing) => peak.Over(timing).Median.ToString("F2", CultureInfo.InvariantCulture);
    }

    static void Errors(TextWriter output, string folder, int hidden)
    {
        float[] risk = Read(folder, "library");
        string off = string.Join(" | ",
            s_ways.Skip(1).Append(Fast).Select(way => Off(folder, way).ToString("E1", CultureInfo.InvariantCulture)));
        output.WriteLine(string.Create(CultureInfo.InvariantCulture, $"| {hidden} | {off} | {risk.Min():F3} to {risk.Max():F3} |"));
    }

    static double Off(string folder, string way) =>
        Read(folder, way).Zip(Read(folder, "library"), (one, other) => (double)Math.Abs(one - other)).Max();

    static float[] Read(string folder, string way) => MemoryMarshal.Cast<byte, float>(File.ReadAllBytes(Risk(folder, way))).ToArray();

    static string Text(int value) => value.ToString(CultureInfo.InvariantCulture);
}
