using System.Globalization;
using System.Reflection;
using System.Runtime.CompilerServices;

namespace HotspotInference.PublicApi.Tests;

/// <summary>Members as C# would declare them.</summary>
static class MemberText
{
    public static string Constructor(ConstructorInfo constructor) => $"{Access(constructor)}.ctor({Parameters(constructor)})";

    public static string Field(FieldInfo field)
    {
        string kind = field.IsLiteral ? "const " : (field.IsStatic ? "static " : "") + (field.IsInitOnly ? "readonly " : "");
        string value = field.IsLiteral ? " = " + Value(field.GetRawConstantValue(), field.FieldType) : "";
        return $"{(field.IsPublic ? "" : "protected ")}{kind}{TypeText.Of(field)} {field.Name}{value}";
    }

    public static string Event(EventInfo happening) =>
        $"{Access(happening.AddMethod!)}{Modifiers(happening.AddMethod!)}event {TypeText.Of(happening.EventHandlerType!)} {happening.Name}";

    public static string Property(PropertyInfo property)
    {
        MethodInfo[] accessors = [.. property.GetAccessors(true).Where(ApiListing.IsOffered)];
        ParameterInfo[] parameters = property.GetIndexParameters();
        string index = parameters.Length > 0 ? $"[{string.Join(", ", parameters.Select(Parameter))}]" : "";
        string required = property.IsDefined(typeof(RequiredMemberAttribute), false) ? "required " : "";
        return $"{Access(accessors[0])}{Modifiers(accessors[0])}{required}{TypeText.Of(property)} {property.Name}{index} "
            + $"{{ {string.Concat(accessors.Select(accessor => Accessor(accessor, accessors[0])))}}}";
    }

    public static string Method(MethodInfo method)
    {
        Type[] arguments = method.GetGenericArguments();
        string generic = arguments.Length > 0 ? $"<{string.Join(", ", arguments.Select(argument => argument.Name))}>" : "";
        string extended = method.IsDefined(typeof(ExtensionAttribute), false) ? "this " : "";
        return $"{Access(method)}{Modifiers(method)}{TypeText.Of(method.ReturnParameter)} "
            + $"{method.Name}{generic}({extended}{Parameters(method)}){TypeText.Constraints(arguments)}";
    }

    static string Accessor(MethodInfo accessor, MethodInfo first)
    {
        string access = Access(accessor) == Access(first) ? "" : Access(accessor);
        if (accessor.ReturnType != typeof(void))
            return access + "get; ";
        bool isInit = accessor.ReturnParameter.GetRequiredCustomModifiers().Contains(typeof(IsExternalInit));
        return access + (isInit ? "init; " : "set; ");
    }

    static string Access(MethodBase method) => method.IsPublic ? "" : "protected ";

    static string Modifiers(MethodInfo method) => method switch
    {
        { IsStatic: true, IsAbstract: true } => "static abstract ",
        { IsStatic: true } => "static ",
        { DeclaringType.IsInterface: true, IsAbstract: true } => "",
        { IsAbstract: true } => "abstract ",
        { IsVirtual: true, IsFinal: false } when method.GetBaseDefinition() != method => "override ",
        { IsVirtual: true, IsFinal: false } => "virtual ",
        _ => "",
    };

    static string Parameters(MethodBase method) => string.Join(", ", method.GetParameters().Select(Parameter));

    static string Parameter(ParameterInfo parameter)
    {
        bool isOpenEnded = parameter.IsDefined(typeof(ParamArrayAttribute), false)
            || parameter.IsDefined(typeof(ParamCollectionAttribute), false);
        string prefix = isOpenEnded ? "params " : "";
        string value = parameter.HasDefaultValue ? " = " + Value(parameter.RawDefaultValue, parameter.ParameterType) : "";
        return $"{prefix}{TypeText.Of(parameter)} {parameter.Name}{value}";
    }

    static string Value(object? value, Type declared)
    {
        Type type = Nullable.GetUnderlyingType(declared) ?? declared;
        return value switch
        {
            null => type.IsValueType && type == declared ? "default" : "null",
            bool truth => truth ? "true" : "false",
            string text => $"\"{text}\"",
            _ when type.IsEnum => $"{type.Name}.{Enum.ToObject(type, value)}",
            float number => number.ToString(CultureInfo.InvariantCulture) + "f",
            _ => Convert.ToString(value, CultureInfo.InvariantCulture)!,
        };
    }
}
