using System.Globalization;
using HotspotInference.Features;
using HotspotInference.Heatmaps;
using HotspotInference.Periods;
using HotspotInference.Prediction;

namespace HotspotInference;

// From incidents and cities to forecasts: what the model needs to know is made here, as its metadata say.
public sealed partial class HotspotPredictor : IIntensityForecaster
{
    /// <summary>Makes the state of a city from its incidents so far.</summary>
    /// <param name="incidents">
    /// The incidents, in any order. They begin to count where the model's history begins. Those outside the study area say only that
    /// reporting reached so far.
    /// </param>
    /// <param name="through">
    /// The last day that is known in full; the period of the last incident of all where null. Quiet days up to here are known to be quiet
    /// (or missing, where the model takes them so). Later incidents are not looked at.
    /// </param>
    /// <exception cref="HotspotException">
    /// No incident of the model's area, kinds and history lies before, or the day does not end a period.
    /// </exception>
    public CityState CreateState(IEnumerable<Incident> incidents, DateOnly? through = null) => CreateState(incidents, out _, through);

    /// <summary>Makes the state of a city from its incidents so far, and says which could not be used.</summary>
    /// <inheritdoc cref="CreateState(IEnumerable{Incident}, DateOnly?)"/>
    /// <param name="incidents">The incidents, in any order.</param>
    /// <param name="report">
    /// Receives what became of the incidents; those before the history or after the last day are outside the span.
    /// </param>
    /// <param name="through">The last day that is known in full; the period of the last incident of all where null.</param>
    public CityState CreateState(IEnumerable<Incident> incidents, out PlacementReport report, DateOnly? through = null)
    {
        HeatmapSeries series = CreateHeatmaps(incidents, out PlacementReport all);
        long end = through is { } last ? Heatmaps.Cadence.IndexOf(last.AddDays(1).ToDateTime(TimeOnly.MinValue)) : series.Periods.End;
        CityState city = StateOf(series, Math.Min(end, series.Periods.End), all, out report);
        // The quiet days behind the last incident; also refuses a day that does not end a period.
        if (through is { } day && city.KnownUntil != day.AddDays(1).ToDateTime(TimeOnly.MinValue))
            city.Append([], day);
        return city;
    }

    /// <summary>Makes the state of a city as it was known when a period began.</summary>
    /// <param name="incidents">
    /// The incidents, in any order. Of those at or after <paramref name="start"/> nothing is used but that there are any: where reports
    /// reach so far, quiet periods before are known to be quiet.
    /// </param>
    /// <param name="start">The start of the first period that is not known.</param>
    /// <param name="report">
    /// Receives what became of the incidents; those before the history or from the start on are outside the span.
    /// </param>
    /// <exception cref="HotspotException">
    /// No period begins then, the last incident of all is earlier than the period before, or none of the model's area, kinds and history
    /// lies before.
    /// </exception>
    public CityState CreateStateBefore(IEnumerable<Incident> incidents, DateTime start, out PlacementReport report)
    {
        long next = Heatmaps.Cadence.IndexOf(start);
        if (Heatmaps.Cadence.StartOf(next) != start)
            throw new HotspotException("forecast", $"from {Text(start)} on",
                $"the start of a {Heatmaps.Cadence}, such as {Text(Heatmaps.Cadence.StartOf(next + 1))}",
                "Ask for the period by its start.");
        HeatmapSeries series = CreateHeatmaps(incidents, out PlacementReport all);
        if (series.Periods.End < next)
            throw new HotspotException("forecast",
                $"from {Text(start)} on, with incidents known until {Text(series.Periods.EndTime.AddTicks(-1).Date)}",
                $"a start up to {Text(series.Periods.EndTime)}",
                "Give newer incidents, ask for an earlier period or a longer horizon, "
                + "or say with CreateState(incidents, through) that the time between was quiet.");
        return StateOf(series, next, all, out report);
    }

    /// <summary>
    /// Makes the heat maps that replay a city's past: from where the model's history begins, or else the first incident in the study area,
    /// to the period of the last incident of all, wherever it lies.
    /// </summary>
    /// <param name="incidents">The incidents, in any order.</param>
    /// <param name="report">Receives what became of the incidents.</param>
    /// <param name="cancellationToken">Stops counting.</param>
    /// <exception cref="HotspotException">No incident is of the model's area, kinds and history.</exception>
    public HeatmapSeries CreateHeatmaps(IEnumerable<Incident> incidents, out PlacementReport report,
        CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(incidents);
        // Looked at twice: for the span, and to count.
        IReadOnlyList<Incident> all = incidents as IReadOnlyList<Incident> ?? [.. incidents];
        long first = long.MaxValue, last = long.MinValue;
        foreach (Incident incident in all)
        {
            long period = Heatmaps.Cadence.IndexOf(incident.Time);
            last = Math.Max(last, period);
            if (period < first && Heatmaps.Grid.CellOf(incident.Latitude, incident.Longitude) >= 0)
                first = period;
        }
        first = Math.Max(first, FirstHistoryPeriod());
        int count = first > last ? 0 : checked((int)(last - first + 1));
        var builder = new HeatmapBuilder(Heatmaps, new PeriodRange(Heatmaps.Cadence, first, count));
        builder.AddRange(all, cancellationToken);
        report = builder.Report;
        return report.Placed > 0 ? builder.Build() : throw NoneUsed(report);
    }

    /// <summary>
    /// Forecasts a period from the state of a city. A streaming model takes in the maps that are new since its last forecast, and leaves
    /// what it carries on in the state.
    /// </summary>
    /// <param name="city">
    /// The state, made by <see cref="CreateState(IEnumerable{Incident}, DateOnly?)"/> of a predictor of the same model.
    /// </param>
    /// <param name="horizon">
    /// How many periods ahead: 1 is the first that the city does not know. The model's own horizon where null; models that see maps
    /// forecast no other, those of rates and calendar alone any.
    /// </param>
    /// <exception cref="HotspotException">
    /// The model learnt another horizon, or needs more of the past than the state knows, or external features (<see cref="With"/>).
    /// </exception>
    /// <exception cref="ArgumentException">The state was made for another model.</exception>
    public HotspotForecast Predict(CityState city, int? horizon = null) => Forecast(city, null, horizon);

    HotspotForecast Forecast(CityState city, ExternalFeatures? external, int? horizon)
    {
        ArgumentNullException.ThrowIfNull(city);
        int ahead = horizon ?? Metadata.Horizon;
        int cells = Heatmaps.Grid.CellCount;
        var risk = new float[Classes.Count * cells];
        float[] intensity = HasIntensity ? new float[risk.Length] : [];
        float[] kind = HasKind ? new float[Heatmaps.Kinds.Groups.Count * cells] : [];
        Run(city, external, ahead, new HotspotOutput { Risk = risk, Intensity = intensity, Kind = kind });
        long period = city.NextPeriod + ahead - 1;
        return new HotspotForecast(Heatmaps.Grid, Classes, Heatmaps.Cadence.StartOf(period),
            Heatmaps.Cadence.StartOf(period + 1), risk, ahead,
            intensity, Metadata.Thresholds, Metadata.Selection, kind, [.. Heatmaps.Kinds.Groups.Select(group => group.Name)]);
    }

    /// <summary>Forecasts the period that begins on a day from the incidents before it: state and forecast in one call.</summary>
    /// <param name="incidents">The incidents, as for <see cref="CreateStateBefore"/>.</param>
    /// <param name="at">
    /// The day. The incidents must reach up to the last period that the forecast knows, a model of horizon K up to K periods before the
    /// day: a quiet time and no data look the same from here.
    /// </param>
    /// <exception cref="HotspotException">No period begins on that day, or as for <see cref="CreateStateBefore"/>.</exception>
    public HotspotForecast Predict(IEnumerable<Incident> incidents, DateOnly at) => Predict(StateAt(incidents, at));

    CityState StateAt(IEnumerable<Incident> incidents, DateOnly at)
    {
        DateTime start = at.ToDateTime(TimeOnly.MinValue);
        long target = Heatmaps.Cadence.IndexOf(start);
        // A day that begins no period is refused as it is.
        DateTime known = Heatmaps.Cadence.StartOf(target) == start ? Heatmaps.Cadence.StartOf(target - Metadata.Horizon + 1) : start;
        return CreateStateBefore(incidents, known, out _);
    }

    void IRiskForecaster.Predict(CityState city, int horizon, Span<float> risk) => Predict(city, null, horizon, risk);

    void IIntensityForecaster.Predict(CityState city, int horizon, Span<float> risk, Span<float> intensity) =>
        Predict(city, null, horizon, risk, intensity);

    void Predict(CityState city, ExternalFeatures? external, int horizon, Span<float> risk)
    {
        // An empty span would say that the risk is not wanted.
        CheckGiven(risk, nameof(risk));
        Run(city, external, horizon, new HotspotOutput { Risk = risk });
    }

    void Predict(CityState city, ExternalFeatures? external, int horizon, Span<float> risk, Span<float> intensity)
    {
        CheckGiven(risk, nameof(risk));
        CheckGiven(intensity, nameof(intensity));
        Run(city, external, horizon, new HotspotOutput { Risk = risk, Intensity = intensity });
    }

    void Run(CityState city, ExternalFeatures? external, int horizon, in HotspotOutput output)
    {
        ArgumentNullException.ThrowIfNull(city);
        ArgumentOutOfRangeException.ThrowIfLessThan(horizon, 1);
        if (!city.Heatmaps.Equals(Heatmaps) || !city.Features.Equals(Features))
            throw new ArgumentException(
                $"The state was made for another model than '{Name}'; make it with this predictor's CreateState.", nameof(city));
        if (Features.Maps is not null && horizon != Metadata.Horizon)
            throw new HotspotException("horizon", $"{horizon}", $"{Metadata.Horizon}: {_subject} sees maps at fixed lags before its target",
                "Use a model that was trained for this horizon, or one of history and calendar alone.");
        CheckExternal(external, city.NextPeriod + horizon - 1);

        PredictorDiagnostics.PredictCall call = _diagnostics.Start(batch: 1);
        try
        {
            RunOn(city, external, horizon, output);
        }
        catch (Exception e)
        {
            call.Failed(e);
            throw;
        }
        call.Succeeded();
    }

    void RunOn(CityState city, ExternalFeatures? external, int horizon, in HotspotOutput output)
    {
        // What the others of a fixed batch hold is looked at by nobody.
        var shape = new RunShape(Metadata.FixedBatch ?? 1, Heatmaps.Grid.Rows, Heatmaps.Grid.Columns, 0);
        CheckSizes(shape);
        CheckLengths(output, shape with { Batch = 1 });
        _places.Run(new CityRun(this, shape, city, external, horizon, output));
    }

    // Straight into the bound memory: a history may be several megabytes.
    readonly ref struct CityRun(
        HotspotPredictor predictor, RunShape shape, CityState city, ExternalFeatures? external, int horizon,
        HotspotOutput output) : IGatedWork
    {
        readonly RunShape _shape = shape;
        readonly HotspotOutput _output = output;

        public void Run()
        {
            ModelBuffers buffers = predictor._buffers.Rent(_shape);
            try
            {
                if (buffers.First(1) is { Length: > 0 } history)
                    city.CopyHistory(horizon, history);
                if (buffers.First(2) is { Length: > 0 } calendar)
                    city.CopyCalendar(horizon, calendar);
                if (buffers.First(3) is { Length: > 0 } others)
                    external!.CopyTo(predictor.Metadata.External, city.NextPeriod + horizon - 1, others);
                if (predictor.Metadata.IsStreaming)
                {
                    predictor.RunFromState(city, buffers, _output);
                    return;
                }
                if (buffers.First(0) is { Length: > 0 } maps)
                    city.CopyMaps(horizon, maps);
                predictor.Run(buffers, _output);
            }
            finally
            {
                predictor._buffers.Return(buffers);
            }
        }
    }

    // The state of a city that knows the maps before a period.
    CityState StateOf(HeatmapSeries series, long end, PlacementReport all, out PlacementReport report)
    {
        if (series.Periods.First >= end)
            throw new HotspotException("incidents",
                $"none from {Text(series.Periods.Start)}, where the history begins, to {Text(Heatmaps.Cadence.StartOf(end))}",
                "at least one",
                "Give incidents from before the time to forecast, or ask for a later day.");
        var city = new CityState(Heatmaps, Features, series.Periods.First);
        long used = 0;
        while (city.NextPeriod < end)
        {
            int position = series.PositionOf(city.NextPeriod);
            city.Append(series, position);
            // The last class counts every incident once, or is the only one.
            used += (long)series.Total(position, Heatmaps.Kinds.Classes.Count - 1);
        }
        report = all with { Placed = used, OutsideSpan = all.OutsideSpan + all.Placed - used };
        return city;
    }

    HotspotException NoneUsed(PlacementReport report) => new("incidents", $"{report}",
        string.Create(CultureInfo.InvariantCulture,
            $"some in the study area {Heatmaps.Grid.Bounds} of {_subject}"
            + $"{(Heatmaps.Kinds.Groups.Count > 0 ? $", of the kinds {Heatmaps.Kinds}" : "")}"
            + $"{(Metadata.HistoryFrom is { } day ? $", since {day:yyyy-MM-dd}" : "")}"),
        "Give incidents of the city and the kinds that the model was made for, from before the period to forecast.");

    static string Text(DateTime time) =>
        time.ToString(time.TimeOfDay == TimeSpan.Zero ? "yyyy-MM-dd" : "yyyy-MM-dd HH:mm", CultureInfo.InvariantCulture);

    // Older incidents than the model learnt from would shift its long averages.
    long FirstHistoryPeriod() => Metadata.HistoryFrom is { } day ? Heatmaps.Cadence.IndexOf(day.ToDateTime(TimeOnly.MinValue))
        : long.MinValue;
}
