using System.Globalization;
using HotspotInference.Benchmarks.Graphs;
using HotspotInference.Grids;
using HotspotInference.Incidents;
using HotspotInference.Simulation;

namespace HotspotInference.Benchmarks.Harness;

/// <summary>Ours beside what a user would pick instead, all in turns: PyTorch, onnxruntime-node, pandas.</summary>
static class Compare
{
    const int Launches = 3;

    /// <param name="output">Gets the tables.</param>
    /// <param name="peers">The folder of the peers' programs.</param>
    /// <param name="incidents">A plain CSV with <c>timestamp,latitude,longitude</c>; null simulates one.</param>
    /// <param name="trainer">The training tool's assembly; null leaves training out.</param>
    /// <param name="time">How long each row is measured.</param>
    /// <param name="isQuick">Only the sizes that matter most.</param>
    public static void Run(TextWriter output, string peers, string? incidents, string? trainer, TimeSpan time, bool isQuick)
    {
        DirectoryInfo folder = Directory.CreateTempSubdirectory("hotspot-compare-");
        try
        {
            output.WriteLine("## Two ConvLSTM layers beside other runtimes: 16 maps of 32 x 32, 3 x 3, ms a window");
            output.WriteLine();
            output.WriteLine("| hidden | batch | threads | ours | textbook graph "
                + "| onnxruntime-node, textbook | PyTorch eager | textbook / ours | node / ours | PyTorch / ours |");
            output.WriteLine("| --- | --- | --- | --- | --- | --- | --- | --- | --- | --- |");
            foreach (int hidden in isQuick ? [16] : new[] { 8, 16, 32 })
            foreach (int batch in new[] { 1, 32 })
            foreach (int threads in new[] { 1, 2 })
                Networks(output, folder.FullName, peers, new ConvLstmSize(hidden), batch, threads, time);
            output.WriteLine();
            output.WriteLine("## A CSV of incidents to all windows of 16 daily maps of 32 x 32");
            output.WriteLine();
            output.WriteLine("| incidents | ours, s | pandas, s | ours, rows/s | pandas / ours |");
            output.WriteLine("| --- | --- | --- | --- | --- |");
            Windows(output, folder.FullName, peers, incidents, time);
            if (trainer is not null)
            {
                output.WriteLine();
                TrainingPace.Run(output, folder.FullName, peers, trainer, Python, isQuick ? 3 : 7);
            }
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    static void Networks(TextWriter output, string folder, string peers, ConvLstmSize size, int batch, int threads, TimeSpan time)
    {
        string textbook = Path.Combine(folder, "textbook.onnx");
        (string library, string maps) = PeerFiles.Write(folder, size, batch);
        File.WriteAllBytes(textbook, ConvLstmGraphs.Textbook(size, batch));

        string[] sizes = [Text(size.Steps), Text(size.Side), Text(batch), Text(threads)];
        List<double>?[] seconds = [[], [], [], []];
        // Where the system puts the threads of a process is decided once: several processes of each.
        for (int launch = 0; launch < Launches; launch++)
        {
            using var ours = Peer.Ours("model", library, maps, Text(threads));
            using var plain = Peer.Ours("model", textbook, maps, Text(threads));
            using Peer? node = Peer.Start("node", [Path.Combine(peers, "node_convlstm.js"), textbook, maps, .. sizes]);
            using Peer? torch = Peer.Start(Python,
                [Path.Combine(peers, "torch_convlstm.py"), folder, Text(size.Hidden), Text(size.Layers), .. sizes]);
            Peer?[] all = [ours, plain, node, torch];
            foreach (Peer? peer in all)
            {
                if (peer is not null && !(Math.Abs(peer.Check - ours.Check) < 1e-5))
                    throw new InvalidOperationException(
                        $"Mean risk is {peer.Check} and {ours.Check}; expected the same of all, or they do not compute the same.");
            }
            IReadOnlyList<Timing?> turns = Peer.InTurns(all, time / Launches);
            for (int i = 0; i < all.Length; i++)
            {
                if (turns[i] is { } timing)
                    seconds[i]?.AddRange(timing.Seconds);
                else
                    seconds[i] = null;
            }
        }
        Timing?[] timings = [.. seconds.Select((each, i) => each is null ? null : new Timing($"{i}", each))];
        string each = string.Join(" | ",
            timings.Select(timing => timing is null ? "-" : (timing.Median * 1e3 / batch).ToString("F2", CultureInfo.InvariantCulture)));
        string ratios = string.Join(" | ", timings.Skip(1).Select(timing => Over(timing, timings[0]!)));
        output.WriteLine($"| {size.Hidden} | {batch} | {threads} | {each} | {ratios} |");
    }

    static void Windows(TextWriter output, string folder, string peers, string? incidents, TimeSpan time)
    {
        GeoBounds bounds;
        string file = incidents ?? Path.Combine(folder, "incidents.csv");
        if (incidents is null)
        {
            var options = new SimulatedCityOptions { Days = 730, EventsPerDay = 380 };
            bounds = options.Bounds;
            IncidentWriter.Write(file, new SimulatedCity(options).Incidents);
        }
        else
        {
            IReadOnlyList<Incident> all = IncidentReader.ReadAll([file]).Incidents;
            bounds = new GeoBounds(all.Min(one => one.Latitude), all.Min(one => one.Longitude),
                all.Max(one => one.Latitude), all.Max(one => one.Longitude));
        }
        string[] edges = [Text(bounds.South), Text(bounds.North), Text(bounds.West), Text(bounds.East)];
        using var ours = Peer.Ours(["windows", file, .. edges]);
        using Peer? pandas = Peer.Start(Python, [Path.Combine(peers, "pandas_windows.py"), file, .. edges]);
        if (pandas is not null && pandas.Check != ours.Check)
            throw new InvalidOperationException($"{pandas.Check} incidents and {ours.Check}; expected the same of both.");
        IReadOnlyList<Timing?> timings = Peer.InTurns([ours, pandas], time);
        output.WriteLine(string.Create(CultureInfo.InvariantCulture,
            $"| {ours.Check} | {timings[0]!.Median:F3} "
            + $"| {(timings[1] is { } its ? its.Median.ToString("F3", CultureInfo.InvariantCulture) : "-")} "
            + $"| {ours.Check / timings[0]!.Median:F0} | {Over(timings[1], timings[0]!)} |"));
    }

    static string Python => Environment.GetEnvironmentVariable("HOTSPOT_PYTHON") ?? "python3";

    static string Over(Timing? timing, Timing other) => timing is null ? "-" : Ratios.Text(timing, other);

    static string Text(IFormattable value) => value.ToString(null, CultureInfo.InvariantCulture);
}
