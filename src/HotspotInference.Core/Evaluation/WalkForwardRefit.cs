using System.Globalization;
using System.Text.Json.Serialization;
using HotspotInference.Periods;

namespace HotspotInference.Evaluation;

/// <summary>
/// How often a forecaster is fitted anew within a test block. <c>default</c> is <see cref="Never"/>. Immutable.
/// </summary>
public readonly record struct WalkForwardRefit
{
    WalkForwardRefit(double days) => Days = days;

    /// <summary>Fitted once, before the block: frozen.</summary>
    public static WalkForwardRefit Never => default;

    /// <summary>Every day.</summary>
    public static WalkForwardRefit Daily => new(1);

    /// <summary>Every seven days.</summary>
    public static WalkForwardRefit Weekly => new(7);

    /// <summary>Every 30.436875 days, a twelfth of the mean year.</summary>
    public static WalkForwardRefit Monthly => new(Cadence.Month.Days);

    /// <summary>The days between two fits; 0 for <see cref="Never"/>.</summary>
    [JsonIgnore]
    public double Days { get; }

    /// <summary>The name, for tables: <c>never</c>, <c>daily</c>, <c>weekly</c>, <c>monthly</c> or for example <c>10d</c>.</summary>
    public string Name => Days switch
    {
        0 => "never",
        1 => "daily",
        7 => "weekly",
        _ when Days == Cadence.Month.Days => "monthly",
        _ => string.Create(CultureInfo.InvariantCulture, $"{Days}d"),
    };

    /// <summary>So many whole days apart.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The number is below 1.</exception>
    public static WalkForwardRefit Every(int days)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(days, 1);
        return new WalkForwardRefit(days);
    }

    /// <summary>Reads a name.</summary>
    /// <exception cref="HotspotException">The text is no such name.</exception>
    public static WalkForwardRefit Parse(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        string value = text.Trim().ToLowerInvariant();
        return value switch
        {
            "never" => Never,
            "daily" => Daily,
            "weekly" => Weekly,
            "monthly" => Monthly,
            _ when value.EndsWith('d')
                && int.TryParse(value.AsSpan(0, value.Length - 1), NumberStyles.None, CultureInfo.InvariantCulture, out int days)
                && days >= 1 => Every(days),
            _ => throw new HotspotException("refit", $"'{text}'", "never, daily, weekly, monthly, or days such as 10d",
                "Choose one of these."),
        };
    }

    /// <summary>The periods between two fits, at least 1; null for <see cref="Never"/>.</summary>
    public int? PeriodsOf(Cadence cadence) => Days == 0 ? null : Math.Max(1, (int)Math.Round(Days / cadence.Days));

    /// <inheritdoc/>
    public override string ToString() => Name;
}
