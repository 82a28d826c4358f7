using HotspotInference.Grids;
using HotspotInference.Incidents;

namespace HotspotInference.Pipelines;

/// <summary>Applies the conditions and counts.</summary>
sealed class SelectionConditions(IncidentSelectionOptions options)
{
    readonly HashSet<string>? _kinds = options.Kinds?.ToHashSet(StringComparer.Ordinal);
    readonly GeoBounds? _area = options.Area?.Known;
    long _kept, _outsideSpan, _ofOtherKinds, _inOtherPlaces, _outsideArea;

    public SelectionReport Report => new(_kept, _outsideSpan, _ofOtherKinds, _inOtherPlaces, _outsideArea);

    public bool Keeps(in Incident incident)
    {
        var day = DateOnly.FromDateTime(incident.Time);
        if (day < options.From || day > options.To)
            _outsideSpan++;
        else if (_kinds is not null && !IsWanted(incident.Kinds))
            _ofOtherKinds++;
        else if (options.Place is not null && !string.Equals(incident.Place, options.Place, StringComparison.OrdinalIgnoreCase))
            _inOtherPlaces++;
        else if (_area?.Contains(incident.Latitude, incident.Longitude) == false
            || options.Near?.Contains(incident.Latitude, incident.Longitude) == false)
            _outsideArea++;
        else
            return ++_kept > 0;
        return false;
    }

    bool IsWanted(KindNames kinds)
    {
        for (int i = 0; i < kinds.Count; i++)
        {
            if (_kinds!.Contains(kinds[i]))
                return true;
        }
        return false;
    }
}
