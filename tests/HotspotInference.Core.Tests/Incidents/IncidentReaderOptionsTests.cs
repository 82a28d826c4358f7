using HotspotInference.Incidents;

namespace HotspotInference.Tests.Incidents;

public class IncidentReaderOptionsTests
{
    [Fact]
    public void Defaults_detectEverythingAndLeaveNothingOut()
    {
        IncidentReaderOptions options = IncidentReaderOptions.Default;

        Assert.Equal(new IncidentReaderOptions(), options);
        foreach (System.Reflection.PropertyInfo property in typeof(IncidentReaderOptions).GetProperties().Where(property => property.Name is not "Default" and not "EqualityContract"))
            Assert.True(property.GetValue(options) is null or false, property.Name);
    }

    public static TheoryData<IncidentReaderOptions, string> Contradictions => new()
    {
        { new() { TimeColumn = "t", DateColumn = "d" }, "a time column and a date or clock column" },
        { new() { ClockColumn = "c" }, "a clock column without a date column" },
        { new() { KindColumn = "k", KindColumns = ["a"] }, "a kind column and 0/1 kind columns" },
        { new() { KindColumns = [] }, "an empty list" },
        { new() { SourceTimeZone = "Etc/UTC" }, "'Etc/UTC' alone" },
        { new() { DuplicateDays = -1 }, "duplicates looked for in -1 days" },
        { new() { DuplicateDays = 0, RemoveDuplicates = true }, "duplicates to remove looked for in 0 days" },
        { new() { From = new(2016, 1, 2), To = new(2016, 1, 1) }, "from 2016-01-02 to 2016-01-01" },
        { new() { Delimiter = '"' }, "U+0022" },
        { new() { Delimiter = '\u00a7' }, "U+00A7" },
    };

    [Theory]
    [MemberData(nameof(Contradictions), DisableDiscoveryEnumeration = true)]
    public void Contradiction_isAnErrorOfTheConstructor(IncidentReaderOptions options, string found)
    {
        HotspotException error = Assert.Throws<HotspotException>(() => new IncidentReader("any.csv", options));

        Assert.Contains(found, error.Found, StringComparison.Ordinal);
    }

    [Fact]
    public void Overrides_areAcceptedTogether() => _ = new IncidentReader("any.csv", new IncidentReaderOptions
    {
        DateColumn = "d",
        ClockColumn = "c",
        DateFormat = "d/M/yy",
        KindColumns = ["a", "b"],
        Delimiter = '\t',
        TimeZone = "America/New_York",
        SourceTimeZone = "Etc/UTC",
        From = new(2016, 1, 1),
        To = new(2016, 1, 1),
    });
}
