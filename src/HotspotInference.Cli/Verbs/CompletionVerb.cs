using System.CommandLine;
using HotspotInference.Cli.Terminal;

namespace HotspotInference.Cli.Verbs;

/// <summary><c>hotspot completion</c>: what a shell needs to complete command lines.</summary>
sealed class CompletionVerb : Verb
{
    // The program completes by itself, a letter anywhere in a name is enough for it; the shell wants what begins as its word does.
    const string Bash = """
        _hotspot() {
            local line=${COMP_LINE:0:COMP_POINT} program=$1
            line=${line#*[[:space:]]}
            case $line in
                train\ * | tune\ *) program=hotspot-train ;;
            esac
            COMPREPLY=($(compgen -W "$("$program" "[suggest:${#line}]" "$line" 2>/dev/null)" -- "${COMP_WORDS[COMP_CWORD]}"))
        }
        complete -o default -F _hotspot hotspot hotspot-train
        """;

    readonly Argument<string> _shell = new("shell") { Description = "The shell.", HelpName = "bash", DefaultValueFactory = _ => "bash" };

    public CompletionVerb()
        : base("completion", "Prints a script that completes verbs, options and their values in a shell.")
    {
        _shell.CompletionSources.Add("bash");
        Add(_shell);
    }

    public override IReadOnlyList<string> Examples => ["hotspot completion bash"];

    public override void Run(ParseResult arguments, VerbConsole console, CancellationToken cancellationToken)
    {
        string shell = arguments.GetRequiredValue(_shell);
        if (shell != "bash")
            throw new BadUsageException(
                $"'{shell}'; expected bash. In zsh, run 'autoload -U bashcompinit; bashcompinit' before the script.");
        console.Verbatim(Bash);
    }
}
