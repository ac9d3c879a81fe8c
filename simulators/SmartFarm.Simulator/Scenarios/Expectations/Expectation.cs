namespace SmartFarm.Simulator.Scenarios.Expectations;

/// <summary>Something that is expected in a scenario. It watches the field while time passes, and is judged at the end. Not thread-safe.</summary>
/// <param name="says">What is expected, in a sentence for a person.</param>
public abstract class Expectation(string says)
{
    /// <summary>What is expected, in a sentence for a person.</summary>
    public string Says => says;

    /// <summary>When the worker is asked, after the start; null: at the end.</summary>
    internal TimeSpan? At { get; set; }

    /// <summary>Looks at the field after a step.</summary>
    internal virtual void Look(in FieldMoment moment)
    {
    }

    /// <summary>Judges; time stands still meanwhile.</summary>
    /// <returns>What is otherwise, as the end of a sentence; null when it is as expected.</returns>
    internal abstract Task<string?> JudgeAsync(WorkerApi worker, CancellationToken cancellationToken);
}

/// <summary>What became of an expectation.</summary>
/// <param name="Says">What was expected.</param>
/// <param name="Otherwise">What was otherwise; null when it was as expected.</param>
public sealed record Verdict(string Says, string? Otherwise);
