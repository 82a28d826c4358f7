using System.Globalization;
using System.Reflection;
using System.Runtime.CompilerServices;

namespace HotspotInference.TorchSharpTests;

/// <summary>
/// The public signatures of an assembly, one a line, written as the official lists are: each type, then its members, indented.
/// </summary>
static class ApiListing
{
    const BindingFlags Declared =
        BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.Instance | BindingFlags.Static | BindingFlags.DeclaredOnly;

    static readonly Dictionary<Type, string> s_keywords = new()
    {
        [typeof(void)] = "void", [typeof(bool)] = "bool", [typeof(byte)] = "byte", [typeof(short)] = "short", [typeof(int)] = "int",
        [typeof(long)] = "long", [typeof(float)] = "float", [typeof(double)] = "double", [typeof(string)] = "string", [typeof(object)] = "object",
        [typeof(ulong)] = "ulong",
    };

    public static IEnumerable<string> Of(Assembly assembly)
    {
        foreach (var type in assembly.GetTypes().Where(type => type.IsVisible).OrderBy(FullName, StringComparer.Ordinal))
        {
            yield return Header(type);
            foreach (string member in Members(type).OrderBy(line => line, StringComparer.Ordinal))
                yield return "  " + member;
        }
    }

    static string Header(Type type)
    {
        if (type.IsEnum)
            return $"enum {FullName(type)}";
        string kind = type.IsInterface ? "interface"
            : type.IsValueType ? "struct"
            : (type.IsAbstract, type.IsSealed) switch
            {
                (true, true) => "static class",
                (true, false) => "abstract class",
                (false, true) => "sealed class",
                _ => "class",
            };
        Type[] inherited = type.BaseType?.GetInterfaces() ?? [];
        var bases = type.GetInterfaces().Except(inherited).Select(Name).Order(StringComparer.Ordinal).ToList();
        if (type.BaseType is not null && type.BaseType != typeof(object) && type.BaseType != typeof(ValueType))
            bases.Insert(0, Name(type.BaseType));
        return $"{kind} {FullName(type)}{(bases.Count > 0 ? " : " + string.Join(", ", bases) : "")}";
    }

    static IEnumerable<string> Members(Type type)
    {
        if (type.IsEnum)
            return [string.Join(", ", Enum.GetValues(type).Cast<object>().Select(value => $"{value}={Convert.ToInt64(value, CultureInfo.InvariantCulture)}"))];
        return type.GetConstructors(Declared).Where(IsOffered).Select(constructor => $"{Access(constructor)} .ctor({Parameters(constructor)})")
            .Concat(type.GetFields(Declared).Where(field => field.IsPublic).Select(field =>
                $"public {(field.IsStatic ? "static " : "")}{(field.IsInitOnly ? "readonly " : "")}{Name(field.FieldType)} {field.Name}"))
            .Concat(type.GetProperties(Declared).Where(property => property.GetAccessors(true).Any(IsOffered)).Select(Property))
            .Concat(type.GetMethods(Declared)
                .Where(method => IsOffered(method) && (!method.IsSpecialName || method.Name.StartsWith("op_", StringComparison.Ordinal)))
                .Select(Method));
    }

    static bool IsOffered(MethodBase method) => method.IsPublic || method.IsFamily || method.IsFamilyOrAssembly;

    static string Access(MethodBase method) => method.IsPublic ? "public" : "protected";

    static string Modifiers(MethodInfo method) => method switch
    {
        { IsStatic: true } => " static",
        { DeclaringType.IsInterface: true } => "",
        { IsAbstract: true } => " abstract",
        { IsVirtual: true, IsFinal: false } when method.GetBaseDefinition() != method => " override",
        { IsVirtual: true, IsFinal: false } => " virtual",
        _ => "",
    };

    static string Property(PropertyInfo property)
    {
        var accessors = property.GetAccessors(true).Where(IsOffered).ToList();
        string index = property.GetIndexParameters() is { Length: > 0 } parameters ? $"[{string.Join(", ", parameters.Select(Parameter))}]" : "";
        string get = property.GetMethod is MethodInfo getter && IsOffered(getter) ? "get; " : "";
        string set = property.SetMethod is MethodInfo setter && IsOffered(setter) ? "set; " : "";
        return $"{Access(accessors[0])}{Modifiers(accessors[0])} {Name(property.PropertyType)} {property.Name}{index} {{ {get}{set}}}";
    }

    static string Method(MethodInfo method)
    {
        var arguments = method.GetGenericArguments();
        string generic = arguments.Length > 0 ? $"<{string.Join(", ", arguments.Select(Name))}>" : "";
        return $"{Access(method)}{Modifiers(method)} {Name(method.ReturnType)} {method.Name}{generic}({Parameters(method)})"
            + string.Concat(arguments.Select(Constraint));
    }

    static string Constraint(Type argument)
    {
        var constraints = argument.GetGenericParameterConstraints().Where(type => type != typeof(ValueType)).Select(Name).ToList();
        if (argument.GenericParameterAttributes.HasFlag(GenericParameterAttributes.NotNullableValueTypeConstraint))
            constraints.Insert(0, "struct");
        return constraints.Count > 0 ? $" where {argument.Name} : {string.Join(", ", constraints)}" : "";
    }

    static string Parameters(MethodBase method) =>
        (method.IsDefined(typeof(ExtensionAttribute)) ? "this " : "") + string.Join(", ", method.GetParameters().Select(Parameter));

    static string Parameter(ParameterInfo parameter)
    {
        string prefix = parameter.IsDefined(typeof(ParamArrayAttribute)) ? "params " : parameter.IsOut ? "out " : parameter.ParameterType.IsByRef ? "ref " : "";
        return $"{prefix}{Name(parameter.ParameterType)} {parameter.Name}{(parameter.HasDefaultValue ? " = " + Default(parameter) : "")}";
    }

    static string Default(ParameterInfo parameter)
    {
        var type = Nullable.GetUnderlyingType(parameter.ParameterType) ?? parameter.ParameterType;
        return parameter.DefaultValue switch
        {
            null when parameter.ParameterType.IsValueType && Nullable.GetUnderlyingType(parameter.ParameterType) is null => "default",
            null => "null",
            bool value => value ? "true" : "false",
            string value => $"\"{value}\"",
            float value => value.ToString(CultureInfo.InvariantCulture) + "f",
            var value when type.IsEnum => $"{type.Name}.{Enum.ToObject(type, value)}",
            var value => Convert.ToString(value, CultureInfo.InvariantCulture)!,
        };
    }

    static string FullName(Type type) => $"{type.Namespace}.{Name(type)}";

    /// <summary>Without the namespace, with the types around it.</summary>
    static string Name(Type type)
    {
        if (type.IsByRef)
            return Name(type.GetElementType()!);
        if (type.IsArray)
            return $"{Name(type.GetElementType()!)}[{new string(',', type.GetArrayRank() - 1)}]";
        if (s_keywords.TryGetValue(type, out string? keyword))
            return keyword;
        if (type.IsGenericParameter)
            return type.Name;
        if (Nullable.GetUnderlyingType(type) is Type underlying)
            return Name(underlying) + "?";
        var arguments = type.GetGenericArguments();
        if (type.IsAssignableTo(typeof(ITuple)) && type.IsValueType && !type.ContainsGenericParameters)
            return $"({string.Join(", ", arguments.Select(Name))})";
        string name = type.Name.Split('`')[0] + (type.Name.Contains('`', StringComparison.Ordinal) ? $"<{string.Join(", ", arguments.Select(Name))}>" : "");
        return type.IsNested ? $"{Name(type.DeclaringType!)}.{name}" : name;
    }
}
