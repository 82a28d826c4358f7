namespace HotspotInference.Cli.Verbs;

/// <summary><c>hotspot train</c>.</summary>
sealed class TrainVerb() : TrainingToolVerb("train", $"Trains a network ({Tool}, installed apart) and writes it as ONNX.")
{
    public override IReadOnlyList<string> Examples =>
        ["hotspot train --help", "hotspot train --incidents city.csv.gz --architecture convlstm --epochs 5 --out city.onnx"];
}
