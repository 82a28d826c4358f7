// A service that forecasts for whoever sends reports. It keeps nothing about any city: a request brings what it needs.
using HotspotInference;
using HotspotInference.Forecasts;
using HotspotInference.Samples.Hosting;
using HotspotInference.Samples.Service;

var builder = WebApplication.CreateBuilder(args);
builder.Services.AddHotspotPredictor(builder.Configuration.GetSection("Hotspot"));
builder.Services.AddHealthChecks().AddCheck<HotspotHealth>("hotspot");
builder.Services.AddProblemDetails();

var app = builder.Build();
// A model that cannot be loaded is to stop the start, not the first request.
app.Services.GetRequiredService<HotspotPredictor>();

app.MapHealthChecks("/health");
app.MapPost("/forecast", (ForecastRequest request, HotspotPredictor predictor) =>
{
    try
    {
        var incidents = request.Incidents.Select(report => new Incident(report.Time, report.Latitude, report.Longitude));
        HotspotForecast forecast = predictor.Predict(incidents, request.Day);
        HotspotSelection hot = forecast.Hotspots(request.Percentile);
        return Results.Ok(new ForecastResponse(predictor.Name, forecast.PeriodStart, forecast.PeriodEnd, [.. hot.Cells.Select(cell =>
        {
            (double latitude, double longitude) = forecast.Grid.CellCenter(cell.Row, cell.Column);
            return new Hotspot(latitude, longitude, cell.Risk);
        })]));
    }
    catch (HotspotException unusable)
    {
        // It says what was found, what was expected and what to do: the caller can mend the request.
        return Results.Problem(unusable.Message, statusCode: StatusCodes.Status422UnprocessableEntity);
    }
});
app.Run();
