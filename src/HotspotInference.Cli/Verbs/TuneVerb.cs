namespace HotspotInference.Cli.Verbs;

/// <summary><c>hotspot tune</c>.</summary>
sealed class TuneVerb() : TrainingToolVerb("tune", $"Searches for options of train that forecast well ({Tool}, installed apart).")
{
    public override IReadOnlyList<string> Examples =>
        ["hotspot tune --help", "hotspot tune --incidents city.csv.gz --architecture hotspotnet --study city.jsonl"];
}
