using HotspotInference.Grids;
using Microsoft.ML;

namespace HotspotInference.Pipelines;

/// <summary>Selects incidents; learns the area and the span where they are not given.</summary>
public sealed class IncidentSelectingEstimator : HotspotEstimator<IncidentSelectingTransformer>
{
    readonly IncidentSelectionOptions _options;

    internal IncidentSelectingEstimator(IncidentSelectionOptions options) : base(Contract(options)) => _options = options;

    internal static StepContract Contract(IncidentSelectionOptions options) =>
        new("SelectIncidents", [.. IncidentRows.Inputs(options.Columns, options.Parts)], []);

    private protected override IncidentSelectingTransformer Learn(IDataView input, StepContract contract)
    {
        IncidentSelectionOptions options = _options;
        bool learnsSpan = options.LearnSpan && (options.From is null || options.To is null);
        bool learnsArea = options.Area is { Known: null };
        if (learnsSpan || learnsArea)
        {
            // Learnt from what the other conditions keep.
            var conditions = new SelectionConditions(options with { Area = learnsArea ? null : options.Area });
            List<Incident> incidents = IncidentRows.ReadAll(input, options.Columns, options.Parts);
            incidents.RemoveAll(incident => !conditions.Keeps(incident));
            if (learnsSpan)
            {
                TimeSpanSuggestion span = TimeSpanSuggestion.Find(incidents);
                options = options with { From = options.From ?? span.From, To = options.To ?? span.To };
                incidents.RemoveAll(incident =>
                    DateOnly.FromDateTime(incident.Time) is var day && (day < options.From || day > options.To));
            }
            if (learnsArea)
                options = options with { Area = AreaRule.Given(options.Area!.Find(incidents)) };
        }
        return new IncidentSelectingTransformer(contract, options with { LearnSpan = false });
    }
}
