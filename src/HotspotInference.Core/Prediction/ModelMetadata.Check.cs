using System.Collections;
using System.Globalization;
using HotspotInference.Features;
using HotspotInference.Forecasts;

namespace HotspotInference.Prediction;

public sealed partial record ModelMetadata
{
    /// <summary>Refuses metadata that contradict themselves, on writing and on reading alike.</summary>
    /// <remarks>
    /// On the way to the first forecast of a process: what is found is made a text only where it is refused, and numbers are looked at in
    /// loops where LINQ would be compiled for each type of number (here and in all that reads metadata: a tenth to a sixth less time).
    /// </remarks>
    internal void Check(string subject)
    {
        Require(!string.IsNullOrWhiteSpace(Architecture), "architecture", Architecture, "a name");
        Require(!string.IsNullOrWhiteSpace(Name), "name", Name, "a name");
        Require(TimeZone is null || !string.IsNullOrWhiteSpace(TimeZone), "time_zone", TimeZone, "an IANA time zone");
        Require(Precision is null || !string.IsNullOrWhiteSpace(Precision), "precision", Precision, "a name, or none for full precision");
        Require(Horizon >= 1, "horizon", Horizon, "at least 1");
        CheckClasses("classes", Classes);
        if (Features.Maps is { } maps)
        {
            Require(maps.Lags.Count > 0 && maps.Lags.All(lag => lag >= Horizon), "window.lags", maps.Lags,
                $"lags of at least the horizon, {Horizon}");
            CheckClasses("window.channels", maps.Channels);
            Require(maps.BinaryThreshold is null or (> 0 and < float.PositiveInfinity), "window.binary_threshold",
                maps.BinaryThreshold, "a number above 0, or none");
        }
        if (Features.History is { } history)
        {
            Require(history.HalfLives.Count > 0 && history.HalfLives.All(h => h >= 0), "history.half_lives",
                history.HalfLives, "half-lives of at least 0");
            Require(history.Smoothings.Count > 0 && history.Smoothings.All(s => s >= 0 && double.IsFinite(s)), "history.smoothings",
                history.Smoothings, "finite widths of at least 0");
            CheckClasses("history.channels", history.Channels);
        }
        if (Features.Calendar is { } calendar)
            CheckNames("calendar", calendar.Features, "at least one feature, each once", calendar.Features.Count > 0);
        CheckNames("external", [.. External.Select(feature => feature.Name)], "each feature once");
        foreach (ExternalFeature feature in External)
        {
            Require(feature.Lag >= 0 && (feature.Lag == 0 || feature.Source == ExternalSource.Period), "external.lag", feature.Lag,
                "0 or more periods, and 0 for a feature of cells");
            Require(double.IsFinite(feature.Mean), "external.mean", feature.Mean, "a number");
            Require(feature.Scale is > 0 and < double.PositiveInfinity, "external.scale", feature.Scale, "a number above 0");
        }
        if (Events is { } events)
        {
            Require(events.Steps >= 1, "events.steps", events.Steps, "at least 1");
            Require(events.Features.SequenceEqual(EventSpec.KnownFeatures), "events.features", events.Features,
                Join(EventSpec.KnownFeatures));
            Require(Grid == GridMode.Fixed, "grid", Grid, $"{GridMode.Fixed}, since the cells are told by their numbers");
            Require(Classes.Count == 1 && Horizon == 1, "classes", Classes, "one class at horizon 1 for a model of the next incident");
        }
        Require(StateChannels >= 0, "state_channels", StateChannels, "at least 1, or none");
        Require(!IsStreaming || (Features.Maps?.Lags is { } lags && lags.SequenceEqual(MapWindowSpec.LastPeriods(lags.Count, Horizon))),
            "window.lags", Features.Maps?.Lags, "the last periods, oldest first, for a model that carries a state");
        Require(FixedBatch is null or >= 1, "fixed_batch", FixedBatch, "at least 1, or none");
        int margin = Border.MarginCells;
        Require(margin >= 0 && 2 * margin < Math.Min(Heatmaps.Grid.Rows, Heatmaps.Grid.Columns), "border.ignored_margin_cells", margin,
            "0 or more, leaving at least one cell of the grid");
        if (Thresholds is { } thresholds)
            CheckThresholds(thresholds);
        if (Selection is { } selection)
            CheckSelection(selection);
        if (Origin is { } origin)
        {
            Require(!string.IsNullOrWhiteSpace(origin.Name), "transferred_from.name", origin.Name, "a name");
            CheckSpan("transferred_from.training", origin.Training);
            Require(origin.DataFingerprint is null || IsSha256(origin.DataFingerprint), "transferred_from.data_fingerprint",
                origin.DataFingerprint, "64 lower-case hexadecimal digits");
            Require(origin.Levels is null
                || (origin.Levels.Count == Classes.Count && origin.Levels.All(level => level > 0 && double.IsFinite(level))),
                "transferred_from.levels", origin.Levels, "a number above 0 for each class");
        }
        if (Calibration is { } calibration)
            CheckCalibration(calibration);
        CheckSpan("training", Training);
        CheckSpan("validation", Validation);
        Require(DataFingerprint is null || IsSha256(DataFingerprint), "data_fingerprint", DataFingerprint,
            "64 lower-case hexadecimal digits");

        void CheckThresholds(PercentileTable table)
        {
            CheckNames("thresholds.classes", table.Classes, "classes of the model, each once", table.Classes.All(Classes.Contains));
            Require(IsAscending(table.Percentiles, 100, strictly: true), "thresholds.percentiles", table.Percentiles,
                "ascending percentiles in 0..100");
            if (table.Border != Border)
                Refuse("thresholds", $"percentiles taken with border {table.Border}", $"border {Border}, the model's");
            for (int i = 0; i < table.Classes.Count; i++)
            {
                double[] risks = table.Values.Slice(i * table.Percentiles.Count, table.Percentiles.Count).ToArray();
                Require(IsAscending(risks, 1, strictly: false), "thresholds.risks", risks, "ascending probabilities in 0..1");
            }
        }

        void CheckSelection(ThresholdSelection chosen)
        {
            string[] names = [.. chosen.Curves.Select(curve => curve.Class)];
            CheckNames("threshold_selection.classes", names, "classes of the model, each once", names.All(Classes.Contains));
            if (chosen.Border != Border)
                Refuse("threshold_selection", $"thresholds chosen with border {chosen.Border}", $"border {Border}, the model's");
            foreach (ThresholdCurve curve in chosen.Curves)
                Require(IsCurve(curve), "threshold_selection", $"a curve of class {curve.Class} that contradicts itself",
                    "falling thresholds in 0..1 with rising counts up to the totals");
        }

        void CheckCalibration(ModelCalibration fitted)
        {
            IEnumerable<string> names = fitted.Classes.Select(one => one.Class);
            Require(names.SequenceEqual(Classes), "calibration.classes", names, $"the model's: {string.Join(", ", Classes)}");
            bool isTemperature = fitted.Method == CalibrationMethod.Temperature;
            foreach (ClassCalibration one in fitted.Classes)
            {
                Require(isTemperature ? one.Slope is > 0 and < double.PositiveInfinity : one.Slope is null, "calibration.slope", one.Slope,
                    "a number above 0 for each class of a temperature, and for no other");
                Require(isTemperature ? one.Shift is { } shift && double.IsFinite(shift) : one.Shift is null, "calibration.shift",
                    one.Shift, "a number for each class of a temperature, and for no other");
                Require(isTemperature ? one.Risks is null : IsRising(one.Risks), "calibration.risks", one.Risks,
                    $"2 to {ClassCalibration.MaximumKnots} numbers rising from 0 to 1 for each isotonic class, and for no other");
                Require(isTemperature ? one.Calibrated is null : IsRising(one.Calibrated) && one.Calibrated!.Count == one.Risks!.Count,
                    "calibration.calibrated", one.Calibrated, "as many numbers as risks, rising from 0 to 1");
            }
        }

        void CheckClasses(string path, IReadOnlyList<string> names)
        {
            IReadOnlyList<string> known = Heatmaps.Kinds.Classes;
            CheckNames(path, names, $"at least one of {string.Join(", ", known)}, each once", names.Count > 0 && names.All(known.Contains));
        }

        void CheckNames(string path, IReadOnlyList<string> names, string expected, bool holds = true)
        {
            bool areDistinct = names.Distinct(StringComparer.Ordinal).Count() == names.Count;
            Require(holds && areDistinct && !names.Any(string.IsNullOrWhiteSpace), path, names, expected);
        }

        void CheckSpan(string path, DaySpan? span) =>
            Require(span is null || span.Value.First <= span.Value.Last, path, span, "a last day on or after the first");

        void Require(bool holds, string path, object? found, string expected)
        {
            if (!holds)
                Refuse(path, found is IEnumerable values and not string ? Join(values.Cast<object?>()) : found, expected);
        }

        void Refuse(string path, object? found, string expected) => throw new HotspotException(subject,
            string.Create(CultureInfo.InvariantCulture, $"metadata with {path} = '{found}'"), expected, WriteAgain);
    }

    static bool IsAscending(IReadOnlyList<double> values, double maximum, bool strictly)
    {
        double last = double.NegativeInfinity;
        for (int i = 0; i < values.Count; i++)
        {
            double value = values[i];
            if (!(value >= 0 && value <= maximum) || value < last || (strictly && value == last))
                return false;
            last = value;
        }
        return true;
    }

    static bool IsRising(IReadOnlyList<double>? knots) =>
        knots is [0, .., 1] && knots.Count <= ClassCalibration.MaximumKnots && IsAscending(knots, 1, strictly: true);

    static bool IsCurve(ThresholdCurve curve)
    {
        if (curve.Points.Count is 0 or > ThresholdCurve.MaximumPoints || curve.SelectedIndex < 0
            || curve.SelectedIndex >= curve.Points.Count)
            return false;
        ThresholdTotals totals = curve.Selected.Totals;
        bool holds = totals is { Periods: > 0, CellPeriods: > 0 } && double.IsFinite(totals.Events);
        var last = new ThresholdPoint(totals, float.PositiveInfinity, 0, 0, 0);
        foreach (ThresholdPoint point in curve.Points)
        {
            holds &= point.Threshold is >= 0 and <= 1 && point.Threshold < last.Threshold
                && point.HotCellPeriods >= last.HotCellPeriods && point.FoundCellPeriods >= last.FoundCellPeriods
                && point.EventsHit >= last.EventsHit && point.FoundCellPeriods <= point.HotCellPeriods;
            last = point;
        }
        return holds && last.HotCellPeriods <= totals.CellPeriods && last.FoundCellPeriods <= totals.EventCellPeriods
            && last.EventsHit <= totals.Events && totals.EventCellPeriods <= totals.CellPeriods;
    }

    static string Join(IEnumerable<object?> values) =>
        string.Join(", ", values.Select(value => string.Create(CultureInfo.InvariantCulture, $"{value}")));

    static bool IsSha256(string text) => text.Length == 64 && text.All(char.IsAsciiHexDigitLower);
}
