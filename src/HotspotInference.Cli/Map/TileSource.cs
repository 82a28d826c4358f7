namespace HotspotInference.Cli.Map;

/// <summary>A server of background map tiles.</summary>
/// <param name="Address">Its https address with {z}, {x} and {y}, and {s} where it has several names.</param>
/// <param name="Attribution">Whom the page has to name.</param>
/// <param name="Source">What the page's policy lets images come from.</param>
sealed record TileSource(string Address, string Attribution, string Source)
{
    static readonly string[] s_parts = ["{z}", "{x}", "{y}"];

    /// <summary>Reads an address.</summary>
    /// <exception cref="HotspotException">It is no https address of tiles.</exception>
    public static TileSource Parse(string address, string attribution)
    {
        bool isWhole = s_parts.All(part => address.Contains(part, StringComparison.Ordinal));
        // A name for {s} is needed to read it as an address; the policy then takes any.
        if (isWhole && Uri.TryCreate(address.Replace("{s}", "s", StringComparison.Ordinal), UriKind.Absolute, out Uri? uri)
            && uri is { Scheme: "https", HostNameType: UriHostNameType.Dns, UserInfo: "" })
        {
            bool hasNames = address.StartsWith("https://{s}.", StringComparison.Ordinal);
            string host = hasNames ? "*." + uri.IdnHost[2..] : uri.IdnHost;
            return new TileSource(address, attribution, $"https://{host}{(uri.IsDefaultPort ? "" : $":{uri.Port}")}");
        }
        throw new HotspotException("--tiles", $"'{address}'", "an https address with {z}, {x} and {y}",
            "Example: https://tiles.example.org/{z}/{x}/{y}.png.");
    }
}
