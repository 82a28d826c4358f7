namespace HotspotInference.Training.Architectures.HstLstm;

/// <summary>
/// HST-LSTM of Kong and Wu (2018): where the very next incident will be, from the places of the last ones and the intervals of time and
/// space between them.
/// </summary>
sealed class HstLstmArchitecture : Architecture
{
    public static Setting<int[]> Hidden { get; } = Setting.Integers("hidden", "Numbers of each LSTM's state.", "64", minimum: 1);

    public static Setting<int[]> Embedding { get; } = Setting.Integers("embedding",
        "Numbers of the vector of a cell, and of an interval of time or space.", "32", minimum: 1);

    public static Setting<int[]> Sessions { get; } = Setting.Integers("sessions",
        "Of how many sessions of equal length the --window of incidents is: all but the last are encoded for the decoder of the last. "
            + "1: the ST-LSTM alone.",
        "4", minimum: 1);

    public static Setting<int[]> Hours { get; } = Setting.Integers("slot-hours",
        "Slots of the time between two incidents, and the hours of each; a longer time counts as the end of the last slot.", "12,2",
        minimum: 1);

    public static Setting<int[]> Meters { get; } = Setting.Integers("slot-meters",
        "Slots of the distance between two incidents, and the metres of each; a longer distance counts as the end of the last slot.",
        "12,500", minimum: 1);

    public static Setting<double> Dropout { get; } = Setting.Share("dropout", "Share of the last state left out in training.", "0.5");

    public override string Name => "hst-lstm";

    public override string Description => "the next incident's place from the last incidents (Kong and Wu 2018)";

    public override IReadOnlyList<Setting> Settings => [Hidden, Embedding, Sessions, Hours, Meters, Dropout];

    public override IReadOnlyList<(string Option, string Value)> Defaults =>
        [("--window", "32"), ("--batch", "32"), ("--epochs", "20"), ("--patience", "4"), ("--plateau", "2")];

    public override bool TakesEvents => true;

    public override Network Create(NetworkShape shape, ArchitectureSettings settings, HistoryStart? start = null)
    {
        int sessions = settings.One(Sessions);
        if (shape.Steps % sessions != 0)
            throw new HotspotException("sessions", $"{sessions} with a window of {shape.Steps} incidents", "a divisor of the window",
                "Change --sessions or --window.");
        return new HstLstmNetwork(shape, sessions, settings.One(Embedding), settings.One(Hidden), Slots(Hours), Slots(Meters),
            settings.Get(Dropout));

        IntervalSlots Slots(Setting<int[]> setting) => settings.Get(setting) is [int count, int width]
            ? new IntervalSlots(count, (double)count * width)
            : throw new HotspotException(setting.Name, settings.Values[setting.Name], "two numbers: how many slots, and the width of each",
                $"Example: {setting.Default}.");
    }
}
