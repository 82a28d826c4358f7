using System.CommandLine;
using HotspotInference.Cli;
using HotspotInference.Training.Updates;

namespace HotspotInference.Training.Verbs;

/// <summary>Whether a model goes on learning, and what becomes of the version before.</summary>
sealed class UpdateOptions
{
    // What may differ from the training before; a network of another shape is another network.
    static readonly string[] s_free =
    [
        "--epochs", "--batch", "--learning-rate", "--patience", "--schedule", "--plateau", "--clip-norm", "--threads", "--max-minutes",
    ];
    // What belongs to one run.
    static readonly string[] s_ofRun = ["--threads", "--max-minutes"];

    readonly Option<string?> _update = new("--update")
    {
        Description = "Go on with a model of this tool, the checkpoint beside it, on all incidents, old and new; "
            + "nothing else needs to be repeated. The new version takes its place if it is no worse on the newest days.",
        HelpName = "file.onnx",
    };
    readonly Option<int> _keep = NumberOption.Whole("--keep", "With --update: how many versions before the one in use are kept.", 3,
        minimum: 1);
    readonly Option<double> _replay = NumberOption.Real("--replay",
        "With --update: how many known windows are learnt again for each new one.", 3,
        share => share >= 0, "a number of at least 0");
    Option[] _trained = [], _ofModel = [];

    /// <param name="command">The verb.</param>
    /// <param name="output">The model to write, where none is updated.</param>
    /// <param name="ofModel">What the model in use says by itself.</param>
    /// <param name="trained">How a network is made and trained.</param>
    public void AddTo(Command command, Option output, IReadOnlyList<Option> ofModel, Option[] trained)
    {
        _trained = trained;
        _ofModel = [output, .. ofModel, .. trained.Where(option => !s_free.Contains(option.Name))];
        foreach (Option option in (ReadOnlySpan<Option>)[_update, _keep, _replay])
            command.Add(option);
        command.Validators.Add(result =>
        {
            if (result.GetResult(_update) is null && result.GetResult(output) is null)
                result.AddError("--out: not given; expected the model to write, or --update with one to go on with. Give one of them.");
        });
    }

    /// <summary>The model that goes on; null where one is trained from the start.</summary>
    /// <exception cref="BadUsageException">An option is given that only the other of the two takes.</exception>
    public ModelUpdate? Open(ParseResult arguments)
    {
        string? file = arguments.GetValue(_update);
        foreach (Option option in file is null ? [_keep, _replay] : _ofModel)
        {
            if (arguments.GetResult(option) is { Implicit: false })
                throw new BadUsageException($"{option.Name}: given "
                    + $"{(file is null ? "without --update; expected it beside" : "beside --update; expected the model to say it")}. "
                    + $"Leave it out.");
        }
        return file is null ? null : ModelUpdate.Open(file);
    }

    public int Keep(ParseResult arguments) => arguments.GetValue(_keep);

    public double Replay(ParseResult arguments) => arguments.GetValue(_replay);

    /// <summary>How a network is trained, for whoever goes on with it.</summary>
    public IReadOnlyDictionary<string, string> Trained(ParseResult arguments) => _trained
        .Where(option => !s_ofRun.Contains(option.Name) && arguments.GetResult(option) is { Implicit: false })
        .ToDictionary(option => option.Name, option => string.Join(' ', arguments.GetResult(option)!.Tokens.Select(token => token.Value)));
}
