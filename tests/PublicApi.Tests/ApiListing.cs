using System.Reflection;
using System.Runtime.CompilerServices;

namespace HotspotInference.PublicApi.Tests;

/// <summary>
/// What an assembly offers, as C# would declare it: each type, then its members, indented, each in ordinal order. What the compiler adds to
/// records of itself is left out.
/// </summary>
static class ApiListing
{
    const BindingFlags Declared =
        BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.Instance | BindingFlags.Static | BindingFlags.DeclaredOnly;

    public static IEnumerable<string> Of(Assembly assembly)
    {
        foreach (Type type in assembly.GetExportedTypes().OrderBy(TypeText.FullName, StringComparer.Ordinal))
        {
            yield return Header(type);
            foreach (string member in Members(type).Order(StringComparer.Ordinal))
                yield return "    " + member;
        }
    }

    static string Header(Type type)
    {
        if (type.IsEnum)
            return $"enum {TypeText.FullName(type)} : {TypeText.Of(Enum.GetUnderlyingType(type))}";
        if (type.IsSubclassOf(typeof(Delegate)))
            return $"delegate {MemberText.Method(type.GetMethod("Invoke")!)} as {TypeText.FullName(type)}";
        string[] bases =
        [
            .. type.BaseType is { } ancestor && ancestor != typeof(object) && ancestor != typeof(ValueType)
                ? [TypeText.Of(ancestor)] : Array.Empty<string>(),
            .. type.GetInterfaces().Except(type.BaseType?.GetInterfaces() ?? [])
                .Where(contract => contract.IsVisible && !(IsRecord(type) && contract == typeof(IEquatable<>).MakeGenericType(type)))
                .Select(contract => TypeText.Of(contract)).Order(StringComparer.Ordinal),
        ];
        return $"{Kind(type)} {TypeText.FullName(type)}{(bases.Length > 0 ? " : " + string.Join(", ", bases) : "")}"
            + TypeText.Constraints(type.GetGenericArguments());
    }

    static string Kind(Type type)
    {
        string record = IsRecord(type) ? "record " : "";
        if (type.IsInterface)
            return "interface";
        if (type.IsValueType)
            return (type.IsDefined(typeof(IsReadOnlyAttribute), false) ? "readonly " : "")
                + (type.IsByRefLike ? "ref " : "") + record + "struct";
        string inheritance = (type.IsAbstract, type.IsSealed) switch
        {
            (true, true) => "static ",
            (true, false) => "abstract ",
            (false, true) => "sealed ",
            _ => "",
        };
        return inheritance + record + "class";
    }

    static bool IsRecord(Type type) => type.GetMethods(Declared).Any(method => method.Name == "PrintMembers" && IsGenerated(method));

    static IEnumerable<string> Members(Type type)
    {
        if (type.IsSubclassOf(typeof(Delegate)))
            return [];
        if (type.IsEnum)
            return Enum.GetNames(type).Select(name => $"{name} = {Enum.Format(type, Enum.Parse(type, name), "D")}");
        return
        [
            .. type.GetConstructors(Declared).Where(constructor => IsOffered(constructor) && !IsGenerated(constructor))
                .Select(MemberText.Constructor),
            .. type.GetFields(Declared).Where(field => field.IsPublic || field.IsFamily || field.IsFamilyOrAssembly)
                .Select(MemberText.Field),
            .. type.GetProperties(Declared)
                .Where(property => property.GetAccessors(true).Any(IsOffered) && property.Name != "EqualityContract")
                .Select(MemberText.Property),
            .. type.GetEvents(Declared).Where(happening => IsOffered(happening.AddMethod!)).Select(MemberText.Event),
            .. type.GetMethods(Declared)
                .Where(method => IsOffered(method) && !IsGenerated(method)
                    && (!method.IsSpecialName || method.Name.StartsWith("op_", StringComparison.Ordinal)))
                .Select(MemberText.Method),
        ];
    }

    internal static bool IsOffered(MethodBase method) => method.IsPublic || method.IsFamily || method.IsFamilyOrAssembly;

    static bool IsGenerated(MethodBase method) => method.IsDefined(typeof(CompilerGeneratedAttribute), false);
}
