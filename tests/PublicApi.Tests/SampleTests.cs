using System.Net;
using System.Net.Http.Json;
using System.Text.Json;

namespace HotspotInference.PublicApi.Tests;

/// <summary>The samples, run.</summary>
public sealed class SampleTests
{
    [Fact]
    public void Console_prints_the_forecast() =>
        Assert.Equal(CustomerProject.ExpectedOutput(), ToolRun.Dotnet(Built.FolderOf("HotspotConsole"), "HotspotConsole.dll"));

    [Fact]
    public async Task Service_forecasts_refuses_and_says_how_it_is()
    {
        CancellationToken token = TestContext.Current.CancellationToken;
        using RunningService service = await RunningService.StartAsync(token, "--Hotspot:Threads", "2");

        Assert.Equal("Healthy", await service.Client.GetStringAsync("health", token));

        object[] reports = [.. CustomerProject.Incidents.Select(report => new { report.Time, report.Latitude, report.Longitude })];
        using HttpResponseMessage answer = await PostAsync("2016-07-14");
        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        JsonElement forecast = await answer.Content.ReadFromJsonAsync<JsonElement>(token);
        Assert.Equal("2016-07-14T00:00:00", forecast.GetProperty("start").GetString());
        Assert.Equal("2016-07-15T00:00:00", forecast.GetProperty("end").GetString());
        JsonElement hottest = forecast.GetProperty("hotspots")[0];
        Assert.Equal(CustomerProject.Forecast().Risk.ToArray().Max(), hottest.GetProperty("risk").GetSingle());
        // The corner lies in that cell, of 0.004 degrees.
        Assert.Equal(38.8285, hottest.GetProperty("latitude").GetDouble(), 0.002);
        Assert.Equal(-77.0015, hottest.GetProperty("longitude").GetDouble(), 0.002);

        // A week without reports, or reports that are a week old? It does not guess.
        using HttpResponseMessage refusal = await PostAsync("2016-07-21");
        Assert.Equal(HttpStatusCode.UnprocessableEntity, refusal.StatusCode);
        Assert.Contains("2016-07-13", await refusal.Content.ReadAsStringAsync(token), StringComparison.Ordinal);

        Task<HttpResponseMessage> PostAsync(string day) =>
            service.Client.PostAsJsonAsync("forecast", new { day, incidents = reports }, token);
    }

    [Fact]
    public void Worker_writes_the_hot_cells_of_a_day()
    {
        DirectoryInfo folder = Directory.CreateTempSubdirectory("hotspot-worker");
        try
        {
            string reports = Path.Combine(folder.FullName, "reports.csv");
            File.WriteAllLines(reports, [
                "timestamp,latitude,longitude",
                .. CustomerProject.Incidents.Select(
                    report => FormattableString.Invariant($"{report.Time:s},{report.Latitude},{report.Longitude}")),
            ]);

            ToolRun.Dotnet(
                Built.FolderOf("HotspotWorker"), "HotspotWorker.dll", "--Daily:Incidents", reports, "--Daily:Folder", folder.FullName,
                "--Daily:Day", "2016-07-14");

            using JsonDocument written = JsonDocument.Parse(File.ReadAllText(Path.Combine(folder.FullName, "2016-07-14.geojson")));
            Assert.Equal("FeatureCollection", written.RootElement.GetProperty("type").GetString());
            Assert.Equal(CustomerProject.Forecast().Hotspots(96).Cells.Count, written.RootElement.GetProperty("features").GetArrayLength());
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }
}
