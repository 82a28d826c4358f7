using System.Runtime.InteropServices;

namespace HotspotInference.Features;

/// <summary>
/// What a streaming network knows of a city's maps: behind those before <see cref="Period"/>, and, once it has seen the map of that period
/// too, behind it. Both are kept, so that a forecast can be asked for twice.
/// </summary>
/// <param name="model">Whose state it is.</param>
/// <param name="length">How many numbers it has.</param>
sealed class CarriedState(string model, int length)
{
    public string Model => model;

    public float[] Before { get; private set; } = new float[length];

    public float[] Behind { get; private set; } = new float[length];

    /// <summary>The first period whose map <see cref="Before"/> does not know; -1 where nothing is known yet.</summary>
    public long Period { get; private set; } = -1;

    /// <summary>Whether <see cref="Behind"/> knows the map of <see cref="Period"/>.</summary>
    public bool HasBehind { get; set; }

    /// <summary>Whether it can go on where maps are known from a period on; else it has to begin anew.</summary>
    public bool CanGoOn(long firstMap) => Period >= 0 && Period + (HasBehind ? 1 : 0) >= firstMap;

    /// <summary>Begins with nothing known.</summary>
    public void Begin(long period)
    {
        Array.Clear(Before);
        (Period, HasBehind) = (period, false);
    }

    /// <summary>The map of <see cref="Period"/> belongs to the past.</summary>
    public void MoveOn()
    {
        (Before, Behind) = (Behind, Before);
        (Period, HasBehind) = (Period + 1, false);
    }

    public void Write(BinaryWriter writer)
    {
        writer.Write(model);
        writer.Write(length);
        writer.Write(Period);
        writer.Write(HasBehind);
        foreach (float[] numbers in (ReadOnlySpan<float[]>)[Before, Behind])
            writer.Write(MemoryMarshal.AsBytes<float>(numbers));
    }

    public static CarriedState Read(BinaryReader reader)
    {
        var state = new CarriedState(reader.ReadString(), reader.ReadInt32())
        {
            Period = reader.ReadInt64(), HasBehind = reader.ReadBoolean()
        };
        foreach (float[] numbers in (ReadOnlySpan<float[]>)[state.Before, state.Behind])
            reader.BaseStream.ReadExactly(MemoryMarshal.AsBytes(numbers.AsSpan()));
        return state;
    }
}
