namespace HotspotInference.Training.Tuning;

/// <summary>
/// Asynchronous successive halving (Li et al. 2020, algorithm 2): every training begins with a few epochs, and the best third of those at a
/// rung goes on to the next, of three times as many, as soon as there is one. One rung alone trains everything to its end. Immutable.
/// </summary>
sealed class Rungs
{
    const int Reduction = 3;

    Rungs(IReadOnlyList<int> epochs) => Epochs = epochs;

    /// <summary>After how many epochs each rung scores; the last after all.</summary>
    public IReadOnlyList<int> Epochs { get; }

    /// <summary>The last rung, where trainings are done.</summary>
    public int Last => Epochs.Count - 1;

    /// <summary>Trainings that are not stopped early.</summary>
    /// <param name="epochs">How many epochs they have.</param>
    public static Rungs Whole(int epochs) => new([epochs]);

    /// <summary>Rungs that triple the epochs up to the last.</summary>
    /// <param name="epochs">How many epochs a training has.</param>
    /// <param name="least">The fewest that a score may be asked for after.</param>
    public static Rungs Halving(int epochs, int least)
    {
        var all = new List<int> { epochs };
        while (all[0] / Reduction >= least)
            all.Insert(0, all[0] / Reduction);
        return new(all);
    }

    /// <summary>How much of a training a rung sees: 0 at the first, 1 at the last.</summary>
    public double Fidelity(int rung) => Last == 0 ? 1 : (double)rung / Last;

    /// <summary>The trial that goes on next, and to which rung: the highest possible; null where none may.</summary>
    /// <param name="results">What was scored.</param>
    /// <param name="underWay">What is being trained, as trials and rungs.</param>
    public (int Trial, int Rung)? Promote(IReadOnlyList<TrialResult> results, IReadOnlyCollection<(int Trial, int Rung)> underWay)
    {
        for (int rung = Last - 1; rung >= 0; rung--)
        {
            TrialResult[] here = [.. results.Where(result => result.Rung == rung)];
            HashSet<int> gone = [.. results.Where(result => result.Rung > rung).Select(result => result.Trial),
                .. underWay.Where(job => job.Rung > rung).Select(job => job.Trial)];
            TrialResult? next = here.Where(result => result.Score is not null).OrderBy(result => result.Score)
                .ThenBy(result => result.Trial).Take(here.Length / Reduction).FirstOrDefault(result => !gone.Contains(result.Trial));
            if (next is not null)
                return (next.Trial, rung + 1);
        }
        return null;
    }
}
