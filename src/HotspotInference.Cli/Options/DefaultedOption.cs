using System.CommandLine;

namespace HotspotInference.Cli.Options;

/// <summary>An option of one value that has a default, shown in the help.</summary>
class DefaultedOption<T> : Option<T>
{
    public DefaultedOption(string name, string helpName, string description, T byDefault)
        : base(name)
    {
        Description = description;
        HelpName = helpName;
        DefaultValueFactory = _ => byDefault;
    }
}
