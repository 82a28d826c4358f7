// A service without requests: forecasts every morning from a file of reports.
using HotspotInference.Samples.Hosting;
using HotspotInference.Samples.Worker;

var builder = Host.CreateApplicationBuilder(args);
builder.Services.AddHotspotPredictor(builder.Configuration.GetSection("Hotspot"));
builder.Services.Configure<DailySettings>(builder.Configuration.GetSection("Daily"));
builder.Services.AddSingleton(TimeProvider.System);
builder.Services.AddHostedService<DailyForecaster>();
builder.Build().Run();
