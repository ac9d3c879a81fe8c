namespace SmartFarm.Campaign;

/// <summary>What a case found.</summary>
internal sealed record Outcome
{
    /// <summary>How often the fault was done.</summary>
    public long Runs { get; init; }

    /// <summary>Messages acknowledged towards the outside: by the broker to the devices, or by the worker to the scripted broker.</summary>
    public long Acknowledged { get; init; }

    /// <summary>Rows in the database.</summary>
    public long Stored { get; init; }

    /// <summary>Messages found in the quarantine, as expected.</summary>
    public long Quarantined { get; init; }

    /// <summary>Acknowledged, and neither in the database nor in the quarantine.</summary>
    public long Lost { get; init; }

    /// <summary>Rows that nobody published so, readings counted as stored twice, rows out of order.</summary>
    public long Wrong { get; init; }

    /// <summary>Sentences about what is not as it must be; empty when all is well.</summary>
    public IReadOnlyList<string> Findings { get; init; } = [];

    /// <summary>Something worth knowing, in a few words.</summary>
    public string Note { get; init; } = "";

    /// <summary>Why the case was not run; null when it was.</summary>
    public string? Skipped { get; init; }

    public bool IsGood => Findings.Count == 0 && Lost == 0 && Wrong == 0;

    public static Outcome Skip(string why) => new() { Skipped = why };
}

/// <summary>A fault, and what must hold after it.</summary>
internal interface ICase
{
    /// <summary>Short name for <c>--case</c>.</summary>
    string Name { get; }

    /// <summary>What is done, in one line.</summary>
    string What { get; }

    /// <summary>Whether the short form has it.</summary>
    bool IsInShort { get; }

    /// <summary>Does it, and checks.</summary>
    Task<Outcome> RunAsync(CaseRun run);
}
