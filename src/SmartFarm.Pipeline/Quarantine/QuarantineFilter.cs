using SmartFarm.Domain.Wire;

namespace SmartFarm.Pipeline.Quarantine;

/// <summary>Which entries are meant; what is not given does not restrict.</summary>
public sealed record QuarantineFilter
{
    /// <summary>Only this reason.</summary>
    public RejectReason? Reason { get; init; }

    /// <summary>Only this account.</summary>
    public string? Account { get; init; }

    /// <summary>Only what came at this time or later, Unix ms.</summary>
    public long? SinceMs { get; init; }

    /// <summary>Only entries with a higher number.</summary>
    public long AfterId { get; init; }

    /// <summary>Only entries up to this number.</summary>
    public long UpToId { get; init; } = long.MaxValue;

    /// <summary>The oldest first, instead of the newest.</summary>
    public bool OldestFirst { get; init; }
}
