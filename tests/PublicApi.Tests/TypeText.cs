using System.Reflection;
using System.Runtime.CompilerServices;

namespace HotspotInference.PublicApi.Tests;

/// <summary>Types as C# writes them, with what may be null and the names of a tuple's parts.</summary>
sealed class TypeText
{
    static readonly Dictionary<Type, string> s_keywords = new()
    {
        [typeof(void)] = "void", [typeof(bool)] = "bool", [typeof(byte)] = "byte", [typeof(sbyte)] = "sbyte", [typeof(char)] = "char",
        [typeof(short)] = "short", [typeof(ushort)] = "ushort", [typeof(int)] = "int", [typeof(uint)] = "uint", [typeof(long)] = "long",
        [typeof(ulong)] = "ulong", [typeof(float)] = "float", [typeof(double)] = "double", [typeof(decimal)] = "decimal",
        [typeof(string)] = "string", [typeof(object)] = "object",
    };

    // The compiler lists the names of all tuples of a signature in one row, an outer tuple's before those of the tuples inside it.
    readonly Queue<string?> _tupleNames;

    TypeText(ICustomAttributeProvider? source) =>
        _tupleNames = new((source?.GetCustomAttributes(typeof(TupleElementNamesAttribute), false) ?? [])
            .Cast<TupleElementNamesAttribute>().SelectMany(names => names.TransformNames));

    public static string Of(Type type) => new TypeText(null).Write(type, null);

    public static string Of(FieldInfo field) => new TypeText(field).Write(field.FieldType, new NullabilityInfoContext().Create(field));

    public static string Of(PropertyInfo property) =>
        new TypeText(property).Write(property.PropertyType, new NullabilityInfoContext().Create(property));

    /// <summary>With <c>in</c>, <c>out</c> or <c>ref</c> before it.</summary>
    public static string Of(ParameterInfo parameter)
    {
        string text = new TypeText(parameter).Write(parameter.ParameterType, new NullabilityInfoContext().Create(parameter));
        if (!parameter.ParameterType.IsByRef)
            return text;
        bool isReadOnly = parameter.IsDefined(typeof(IsReadOnlyAttribute), false);
        if (parameter.Position < 0)
            return (isReadOnly ? "ref readonly " : "ref ") + text;
        return (parameter.IsOut ? "out " : isReadOnly ? "in " : "ref ") + text;
    }

    public static string FullName(Type type) => $"{type.Namespace}.{Of(type)}";

    /// <summary>What is asked of the type arguments, with a space before it; empty where nothing is.</summary>
    public static string Constraints(Type[] arguments) =>
        string.Concat(arguments.Where(argument => argument.IsGenericParameter).Select(Constraints));

    static string Constraints(Type argument)
    {
        GenericParameterAttributes attributes = argument.GenericParameterAttributes;
        bool isValue = attributes.HasFlag(GenericParameterAttributes.NotNullableValueTypeConstraint);
        string[] constraints =
        [
            .. Where(isValue, "struct"),
            .. Where(attributes.HasFlag(GenericParameterAttributes.ReferenceTypeConstraint), "class"),
            .. argument.GetGenericParameterConstraints().Where(type => type != typeof(ValueType)).Select(Of),
            .. Where(!isValue && attributes.HasFlag(GenericParameterAttributes.DefaultConstructorConstraint), "new()"),
            .. Where(attributes.HasFlag(GenericParameterAttributes.AllowByRefLike), "allows ref struct"),
        ];
        return constraints.Length > 0 ? $" where {argument.Name} : {string.Join(", ", constraints)}" : "";
    }

    static string[] Where(bool isAsked, string constraint) => isAsked ? [constraint] : [];

    string Write(Type type, NullabilityInfo? nullability)
    {
        if (type.IsByRef)
            return Write(type.GetElementType()!, nullability?.ElementType ?? nullability);
        if (Nullable.GetUnderlyingType(type) is { } underlying)
            return Write(underlying, null) + "?";
        string mark = !type.IsValueType && nullability is { } known
            && (known.ReadState == NullabilityState.Nullable || known.WriteState == NullabilityState.Nullable) ? "?" : "";
        if (type.IsArray)
            return $"{Write(type.GetElementType()!, nullability?.ElementType)}[{new string(',', type.GetArrayRank() - 1)}]{mark}";
        if (s_keywords.TryGetValue(type, out string? keyword))
            return keyword + mark;
        if (type.IsGenericParameter)
            return type.Name + mark;
        Type[] arguments = type.GetGenericArguments();
        NullabilityInfo[] inside = nullability?.GenericTypeArguments ?? [];
        string?[] names = IsTuple(type) ? [.. arguments.Select(_ => _tupleNames.TryDequeue(out string? name) ? name : null)] : [];
        string[] written = [.. arguments.Select((argument, index) => Write(argument, index < inside.Length ? inside[index] : null))];
        if (names.Length > 0)
            return $"({string.Join(", ", written.Zip(names, (text, name) => name is null ? text : $"{text} {name}"))})";
        string own = type.Name.Split('`')[0] + (type.Name.Contains('`', StringComparison.Ordinal) ? $"<{string.Join(", ", written)}>" : "");
        return (type.IsNested ? $"{Write(type.DeclaringType!, null)}.{own}" : own) + mark;
    }

    static bool IsTuple(Type type) => type is { IsValueType: true, IsGenericTypeDefinition: false } && type.IsAssignableTo(typeof(ITuple));
}
