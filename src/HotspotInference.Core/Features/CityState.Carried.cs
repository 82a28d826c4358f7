namespace HotspotInference.Features;

// What streaming networks carry from period to period. A forecast brings it up to date from the maps that are kept; what has fallen
// behind these is of no more use.
public sealed partial class CityState
{
    readonly List<CarriedState> _carried = [];

    /// <summary>The state of a network, begun anew where it has none or the maps since are gone.</summary>
    /// <param name="model">Which network.</param>
    /// <param name="length">How many numbers its state has.</param>
    /// <exception cref="HotspotException">It has to begin, and fewer periods are known than the window has.</exception>
    internal CarriedState Carried(string model, int length)
    {
        DropStale();
        CarriedState? state = _carried.Find(known => known.Model == model);
        if (state is not null)
            return state;
        RecentMaps maps = _maps ?? throw NotKept("maps");
        CheckWindow(maps, NextPeriod - 1 + maps.Spec.Lags.Min());
        state = new CarriedState(model, length);
        state.Begin(NextPeriod - maps.Spec.Lags.Count);
        _carried.Add(state);
        return state;
    }

    /// <summary>One of the maps that are kept: <c>[channel, row, column]</c>.</summary>
    internal void CopyMap(long period, Span<float> map) => (_maps ?? throw NotKept("maps")).CopyMap(period, map);

    void DropStale() => _carried.RemoveAll(state => !state.CanGoOn(NextPeriod - _maps!.Spec.Lags.Count));

    void WriteCarried(BinaryWriter writer)
    {
        writer.Write(_carried.Count);
        foreach (CarriedState state in _carried)
            state.Write(writer);
    }

    void ReadCarried(BinaryReader reader)
    {
        for (int count = reader.ReadInt32(); count > 0; count--)
            _carried.Add(CarriedState.Read(reader));
    }
}
