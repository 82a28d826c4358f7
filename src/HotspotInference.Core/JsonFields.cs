using System.Globalization;
using System.Text.Json;

namespace HotspotInference;

/// <summary>
/// A JSON object whose properties are taken one by one: those that must be there, those that may be, and no others. By hand, since a
/// serializer that is made for a type, generated or not, is compiled when it first runs: a thousand methods for a model's metadata.
/// </summary>
sealed class JsonFields
{
    readonly JsonElement _object;
    readonly string _path;
    readonly List<string> _known = [];

    /// <param name="element">The object.</param>
    /// <param name="path">Where it stands, for messages; empty for the whole document.</param>
    /// <exception cref="JsonException">It is no object.</exception>
    public JsonFields(JsonElement element, string path = "")
    {
        (_object, _path) = (element, path);
        if (element.ValueKind != JsonValueKind.Object)
            throw Wrong(path.Length == 0 ? "the document" : path, element, "an object");
    }

    /// <summary>Where a property stands.</summary>
    public string PathOf(string name) => _path.Length == 0 ? name : $"{_path}.{name}";

    /// <summary>Whether a property is there, and is not null.</summary>
    public bool TryGet(string name, out JsonElement value)
    {
        _known.Add(name);
        return _object.TryGetProperty(name, out value) && value.ValueKind != JsonValueKind.Null;
    }

    /// <summary>Whether a property is there, be it null.</summary>
    public bool TryGetValue(string name, out JsonElement value)
    {
        _known.Add(name);
        return _object.TryGetProperty(name, out value);
    }

    /// <summary>A property that must be there, though it may be null.</summary>
    public bool TryGetRequired(string name, out JsonElement value) =>
        TryGet(name, out value)
        || (value.ValueKind == JsonValueKind.Null ? false : throw new JsonException($"'{PathOf(name)}' is missing"));

    public JsonElement Get(string name) =>
        TryGetRequired(name, out JsonElement value) ? value : throw Wrong(PathOf(name), value, "a value");

    public JsonFields Object(string name) => new(Get(name), PathOf(name));

    /// <summary>Null where it is null.</summary>
    public JsonFields? ObjectOrNull(string name) => TryGetRequired(name, out JsonElement value) ? new(value, PathOf(name)) : null;

    public JsonFields[] Objects(string name) => ObjectsOf(Get(name), PathOf(name));

    public string Text(string name) => TextOf(Get(name), PathOf(name));

    /// <inheritdoc cref="ObjectOrNull"/>
    public string? TextOrNull(string name) => TryGetRequired(name, out JsonElement value) ? TextOf(value, PathOf(name)) : null;

    public string[] Texts(string name) => TextsOf(Get(name), PathOf(name));

    public int Int32(string name) => (int)Whole(Get(name), PathOf(name), int.MinValue, int.MaxValue);

    public long Int64(string name) => Whole(Get(name), PathOf(name), long.MinValue, long.MaxValue);

    public double Double(string name) => DoubleOf(Get(name), PathOf(name));

    public double[] Doubles(string name) => DoublesOf(Get(name), PathOf(name));

    /// <summary>One of an enumeration's names, in snake case.</summary>
    public object Choice(string name, Type enumeration) => ChoiceOf(Get(name), PathOf(name), enumeration);

    /// <exception cref="JsonException">There is a property that was not asked for.</exception>
    public void RefuseOthers()
    {
        foreach (JsonProperty property in _object.EnumerateObject())
        {
            if (!_known.Contains(property.Name))
                throw new JsonException($"'{PathOf(property.Name)}' is not known");
        }
    }

    public static JsonFields[] ObjectsOf(JsonElement element, string path)
    {
        var objects = new JsonFields[LengthOf(element, path)];
        for (int i = 0; i < objects.Length; i++)
            objects[i] = new JsonFields(element[i], Item(path, i));
        return objects;
    }

    public static string TextOf(JsonElement element, string path) =>
        element.ValueKind == JsonValueKind.String ? element.GetString()! : throw Wrong(path, element, "a text");

    /// <summary>The texts of an array; one that is null stays so.</summary>
    public static string[] TextsOf(JsonElement element, string path)
    {
        var texts = new string[LengthOf(element, path)];
        for (int i = 0; i < texts.Length; i++)
            texts[i] = element[i].ValueKind == JsonValueKind.Null ? null! : TextOf(element[i], Item(path, i));
        return texts;
    }

    public static long[] WholesOf(JsonElement element, string path, long least, long most)
    {
        var numbers = new long[LengthOf(element, path)];
        for (int i = 0; i < numbers.Length; i++)
            numbers[i] = Whole(element[i], Item(path, i), least, most);
        return numbers;
    }

    public static long Whole(JsonElement element, string path, long least, long most) =>
        element.ValueKind == JsonValueKind.Number && element.TryGetInt64(out long number) && number >= least && number <= most
            ? number
            : throw Wrong(path, element, "a whole number in range");

    public static double[] DoublesOf(JsonElement element, string path)
    {
        var numbers = new double[LengthOf(element, path)];
        for (int i = 0; i < numbers.Length; i++)
            numbers[i] = DoubleOf(element[i], Item(path, i));
        return numbers;
    }

    public static double DoubleOf(JsonElement element, string path) =>
        element.ValueKind == JsonValueKind.Number ? element.GetDouble() : NamedOf(element, path);

    public static float[] SinglesOf(JsonElement element, string path)
    {
        var numbers = new float[LengthOf(element, path)];
        for (int i = 0; i < numbers.Length; i++)
            numbers[i] = SingleOf(element[i], Item(path, i));
        return numbers;
    }

    // Not by way of a double, which would round twice.
    public static float SingleOf(JsonElement element, string path) =>
        element.ValueKind == JsonValueKind.Number ? element.GetSingle() : (float)NamedOf(element, path);

    public static DateOnly DayOf(JsonElement element, string path) =>
        element.ValueKind == JsonValueKind.String
        && DateOnly.TryParseExact(element.GetString(), "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out DateOnly day)
            ? day
            : throw Wrong(path, element, "a day such as 2016-07-14");

    public static object ChoiceOf(JsonElement element, string path, Type enumeration)
    {
        foreach (string name in Enum.GetNames(enumeration))
        {
            if (element.ValueKind == JsonValueKind.String && element.ValueEquals(JsonNamingPolicy.SnakeCaseLower.ConvertName(name)))
                return Enum.Parse(enumeration, name);
        }
        throw Wrong(path, element, $"a {enumeration.Name} in snake case");
    }

    public static int LengthOf(JsonElement element, string path) =>
        element.ValueKind == JsonValueKind.Array ? element.GetArrayLength() : throw Wrong(path, element, "an array");

    public static string Item(string path, int index) => string.Create(CultureInfo.InvariantCulture, $"{path}[{index}]");

    // What JSON has no numbers for is written as a text.
    static double NamedOf(JsonElement element, string path) =>
        (element.ValueKind == JsonValueKind.String ? element.GetString() : null) switch
        {
            "Infinity" => double.PositiveInfinity,
            "-Infinity" => double.NegativeInfinity,
            "NaN" => double.NaN,
            _ => throw Wrong(path, element, "a number"),
        };

    static JsonException Wrong(string path, JsonElement element, string expected)
    {
        string text = element.GetRawText();
        return new JsonException($"{path} is {(text.Length <= 40 ? text : text[..40] + "...")}; expected {expected}");
    }
}
