using HotspotInference.Features;
using HotspotInference.Periods;

namespace HotspotInference.Training.Architectures;

/// <summary>A kind of network. Stateless; <see cref="ArchitectureRegistry"/> lists them.</summary>
abstract class Architecture
{
    /// <summary>What <c>--architecture</c> and a model's metadata call it.</summary>
    public abstract string Name { get; }

    /// <summary>What it is, in half a line.</summary>
    public abstract string Description { get; }

    /// <summary>What can be chosen about it; each becomes an option of the command line.</summary>
    public abstract IReadOnlyList<Setting> Settings { get; }

    /// <summary>Options of <c>train</c> that suit it better than the general defaults, each followed by its value.</summary>
    public virtual IReadOnlyList<(string Option, string Value)> Defaults => [];

    /// <summary>Whether it starts from a history model, and sees its features beside the maps.</summary>
    public virtual bool NeedsHistory => false;

    /// <summary>How many periods before the target each map of its window lies, oldest first. By default the last ones.</summary>
    /// <param name="settings">What was chosen.</param>
    /// <param name="window">How many maps were asked for.</param>
    /// <param name="horizon">How many periods ahead it forecasts: no lag is shorter.</param>
    /// <exception cref="HotspotException">The settings ask for a shorter lag.</exception>
    public virtual IReadOnlyList<int> Lags(ArchitectureSettings settings, int window, int horizon) =>
        MapWindowSpec.LastPeriods(window, horizon);

    /// <summary>The features of the calendar that it sees without a history model; null, the default, for none.</summary>
    /// <param name="settings">What was chosen.</param>
    /// <param name="cadence">The length of a period.</param>
    /// <param name="learntDays">How long is learnt, in days.</param>
    public virtual CalendarSpec? Calendar(ArchitectureSettings settings, Cadence cadence, double learntDays) => null;

    /// <summary>Whether it can see external features: <see cref="NetworkShape.External"/> may then be above 0.</summary>
    public virtual bool TakesExternal => false;

    /// <summary>Whether it sees single incidents and ranks cells for the next one, instead of seeing maps and forecasting risk.</summary>
    public virtual bool TakesEvents => false;

    /// <summary>
    /// What <c>tune</c> searches by default, as <c>--tune</c> takes it: the learning rate, and settings that most networks have.
    /// </summary>
    public virtual IReadOnlyList<string> SearchSpace =>
    [
        "learning-rate=log:1e-4..1e-2",
        .. Settings.Select(setting => setting.Name).SelectMany(name => (string[])(name switch
        {
            "hidden" or "width" => [$"{name}=log-int:4..32"],
            "dropout" => ["dropout=linear:0..0.5"],
            _ => [],
        })),
    ];

    /// <summary>Makes a network with random weights, from libtorch's generator.</summary>
    /// <param name="shape">The sizes of what it is given and of what it gives.</param>
    /// <param name="settings">What was chosen.</param>
    /// <param name="start">The history model to start from, where <see cref="NeedsHistory"/>.</param>
    /// <exception cref="HotspotException">The settings contradict each other or the shape.</exception>
    public abstract Network Create(NetworkShape shape, ArchitectureSettings settings, HistoryStart? start = null);

    /// <summary>The name.</summary>
    public override string ToString() => Name;
}
