using System.Globalization;
using HotspotInference.Features;
using HotspotInference.Periods;
using HotspotInference.Training.Architectures.ConvLstm;
using HotspotInference.Training.Architectures.EncoderDecoder;

namespace HotspotInference.Training.Architectures.StResNet;

/// <summary>
/// Deep spatio-temporal residual network (Zhang, Zheng and Qi 2017): maps of the last periods, of the same time in the days or weeks
/// before, and of longer ago, each through residual units of its own; with the smoothing in space and time of Wang et al. 2017, who
/// took it to crime.
/// </summary>
sealed class StResNetArchitecture : Architecture
{
    const int KernelSize = 3;

    public static Setting<int[]> Closeness { get; } = Lag("closeness", "the last ones", "1,2,3");

    public static Setting<int[]> Period { get; } = Lag("period", "the same time in cycles before", "7,14,21");

    public static Setting<int[]> Trend { get; } = Lag("trend", "the same time longer ago", "28,56,84");

    public static Setting<int[]> Hidden { get; } = ConvLstmArchitecture.Hidden;

    public static Setting<int[]> Units { get; } = Setting.Integers("residual-units", "Residual units of each branch.", "2", minimum: 0);

    public static Setting<Fusion> Fusions { get; } = Setting.Choice("fusion",
        "Weights of the branches, per class, or per class and cell for one fixed grid.", Fusion.Channel);

    public static Setting<CityFeatures> City { get; } = Setting.Choice("city-features",
        "Whether features of the calendar (weekday, season, hour, recent totals) are added through two dense layers.",
        CityFeatures.Calendar);

    public static Setting<int[]> SuperResolution { get; } = Setting.Integers("super-resolution",
        "How many times as many rows and columns the branches see, interpolated; their output is averaged back.", "1", minimum: 1);

    public static Setting<int[]> Cumulate { get; } = Setting.Integers("cumulate",
        "How many periods each map is the sum of: its own and those before, such as the last day's hours.", "1", minimum: 1);

    public static Setting<BorderPadding> Padding { get; } = ConvLstmArchitecture.Padding;

    public override string Name => "st-resnet";

    public override string Description => "residual convolutions of recent, periodic and older maps";

    public override IReadOnlyList<Setting> Settings =>
        [Closeness, Period, Trend, Hidden, Units, Fusions, City, SuperResolution, Cumulate, Padding];

    public override IReadOnlyList<(string Option, string Value)> Defaults => [("--maps", "counts"), ("--loss", "poisson")];

    public override bool TakesExternal => true;

    public override IReadOnlyList<int> Lags(ArchitectureSettings settings, int window, int horizon)
    {
        IReadOnlyList<int> lags = ListsOf(settings).Window;
        return lags[^1] >= horizon ? lags
            : throw new HotspotException("lag", $"{lags[^1]} periods before the target, with a horizon of {horizon}", $"at least {horizon}",
                "Such a map is not yet known when the forecast is made: choose other --closeness, --period or --trend.");
    }

    public override CalendarSpec? Calendar(ArchitectureSettings settings, Cadence cadence, double learntDays) =>
        settings.Get(City) == CityFeatures.Calendar ? CalendarSpec.Default(cadence, learntDays) : null;

    public override Network Create(NetworkShape shape, ArchitectureSettings settings, HistoryStart? start = null)
    {
        LagLists lags = ListsOf(settings);
        int hidden = settings.One(Hidden), fineness = settings.One(SuperResolution);
        bool isFixed = settings.Get(Fusions) == Fusion.Cell;
        NetworkShape fine = shape with { Rows = shape.Rows * fineness, Columns = shape.Columns * fineness };
        Branch[] branches = Array.ConvertAll(lags.Positions, positions => new Branch(Layer(positions.Length * shape.Channels, hidden),
            [.. Enumerable.Range(0, settings.One(Units)).Select(_ => new ResidualUnit(Layer(hidden, hidden), Layer(hidden, hidden)))],
            Layer(hidden, shape.Classes)));
        CityTerm? city = shape.CalendarFeatures == 0 ? null
            : new CityTerm(shape.CalendarFeatures, shape.Classes, isFixed ? shape.Rows : 1, isFixed ? shape.Columns : 1);
        return new StResNetNetwork(shape, lags, branches, settings.Get(Fusions), fineness, city);

        ConvolutionLayer Layer(int channels, int filters) => new(channels, filters, KernelSize, settings.Get(Padding), fine);
    }

    static LagLists ListsOf(ArchitectureSettings settings) =>
        new([settings.Get(Closeness), settings.Get(Period), settings.Get(Trend)], settings.One(Cumulate));

    static Setting<int[]> Lag(string name, string which, string byDefault) => new(name, "N[,N...]|none",
        $"The maps of the branch '{name}', {which}: how many periods before the target they lie.", byDefault, text =>
        {
            if (text == "none")
                return [];
            int[] lags = [.. text.Split(',').Select(part =>
                int.TryParse(part, NumberStyles.None, CultureInfo.InvariantCulture, out int lag) ? lag : 0)];
            return lags.All(lag => lag > 0) && lags.Distinct().Count() == lags.Length ? lags
                : throw new HotspotException(name, $"'{text}'", "different whole numbers of at least 1, joined by commas, or none",
                    $"Example: {byDefault}.");
        });
}
