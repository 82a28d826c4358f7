namespace HotspotInference.Models;

/// <summary>
/// The models that come with the library, each the content of an .onnx file for <c>HotspotPredictor.Load</c>. What each was fitted to,
/// how well it does and where its limits are stands in its model card (<c>models/*.md</c> in the package).
/// </summary>
public static class HotspotModels
{
    /// <summary>Gunfire in Washington DC, day by day, on 36 x 36 cells of about 440 x 350 m: hotspotnet, learnt up to 2014.</summary>
    public static ReadOnlyMemory<byte> DcGunfireDaily => Read("dc-gunfire-daily.onnx");

    /// <summary>
    /// Gunfire in Washington DC, day by day, on the same cells: the history model, which sees no maps and is a few kilobytes.
    /// </summary>
    public static ReadOnlyMemory<byte> DcGunfireDailyHistory => Read("dc-gunfire-daily-history.onnx");

    /// <summary>Gunfire in Washington DC, day by day, on the same cells: a ConvLSTM, which forecasts less well than either.</summary>
    public static ReadOnlyMemory<byte> DcGunfireDailyConvLstm => Read("dc-gunfire-daily-convlstm.onnx");

    /// <summary>
    /// Larceny, assault, robbery and burglary in New York, each and any, day by day, on 48 x 48 cells of about 780 m: hotspotnet, learnt on
    /// 2014.
    /// </summary>
    public static ReadOnlyMemory<byte> NycFeloniesDaily => Read("nyc-felonies-daily.onnx");

    /// <summary>
    /// Theft, battery, assault and criminal damage in Chicago, each and any, day by day, on 48 x 48 cells of about 870 x 490 m: hotspotnet,
    /// learnt on 2016.
    /// </summary>
    public static ReadOnlyMemory<byte> ChicagoCrimeDaily => Read("chicago-crime-daily.onnx");

    /// <summary>
    /// The simulated city of <c>hotspot demo</c>, day by day, on 32 x 32 cells: for trying things out, of no use elsewhere.
    /// </summary>
    public static ReadOnlyMemory<byte> DemoCity => Read("demo-city.onnx");

    static byte[] Read(string name)
    {
        using Stream stream = typeof(HotspotModels).Assembly.GetManifestResourceStream(name)
            ?? throw new InvalidOperationException($"The assembly was built without the model {name}.");
        var model = new byte[stream.Length];
        stream.ReadExactly(model);
        return model;
    }
}
