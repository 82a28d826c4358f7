namespace HotspotInference.Incidents;

/// <summary>Why a row could not be used.</summary>
public enum RejectionReason
{
    /// <summary>The row has fewer fields than the header, or more that are not empty.</summary>
    FieldCount,

    /// <summary>No time.</summary>
    TimeMissing,

    /// <summary>The time is not in the file's format.</summary>
    TimeUnreadable,

    /// <summary>The time is in the file's format but does not exist: 31 February, 25:00.</summary>
    TimeImpossible,

    /// <summary>No latitude.</summary>
    LatitudeMissing,

    /// <summary>The latitude is not a number.</summary>
    LatitudeUnreadable,

    /// <summary>The latitude is not in -90..90.</summary>
    LatitudeOutOfRange,

    /// <summary>No longitude.</summary>
    LongitudeMissing,

    /// <summary>The longitude is not a number.</summary>
    LongitudeUnreadable,

    /// <summary>The longitude is not in -180..180.</summary>
    LongitudeOutOfRange,

    /// <summary>
    /// The point lies within 0.01 degree of latitude 0, longitude 0, in the open sea: what a source writes that has no position, also
    /// after it was jittered or rounded.
    /// </summary>
    NullIsland,

    /// <summary>A 0/1 kind column holds something else.</summary>
    KindFlagUnreadable,

    /// <summary>The count of a tensor is no whole number of 0 to 1,000,000.</summary>
    CountUnreadable,
}
