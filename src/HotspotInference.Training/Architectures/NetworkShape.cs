namespace HotspotInference.Training.Architectures;

/// <summary>The sizes of what a network is given and of what it gives.</summary>
/// <param name="Steps">Maps in a window.</param>
/// <param name="Channels">Channels of a map.</param>
/// <param name="Classes">Classes that are forecast.</param>
/// <param name="Rows">Rows of the grid it learns on.</param>
/// <param name="Columns">Columns of the grid it learns on.</param>
readonly record struct NetworkShape(int Steps, int Channels, int Classes, int Rows, int Columns)
{
    /// <summary>Features of the input <c>calendar</c>; 0 where it sees none.</summary>
    public int CalendarFeatures { get; init; }

    /// <summary>External features.</summary>
    public int External { get; init; }
}
