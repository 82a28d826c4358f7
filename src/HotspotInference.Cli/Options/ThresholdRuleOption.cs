using HotspotInference.Forecasts;

namespace HotspotInference.Cli.Options;

/// <summary><c>--threshold-rule</c>: how the threshold that a model stores is chosen on its validation span.</summary>
sealed class ThresholdRuleOption() : ParsedOption<ThresholdRule>("--threshold-rule", "coverage=S|miss=S|cost=R",
    "How the threshold of 'forecast --threshold selected' is chosen on validation: the largest hot share of the area, the largest "
        + "missed share of the cells with incidents, or what a miss costs in false alarms.", ThresholdRule.Parse, ThresholdRule.Default);
