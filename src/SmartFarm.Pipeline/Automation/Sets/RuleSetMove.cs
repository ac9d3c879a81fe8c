namespace SmartFarm.Pipeline.Automation.Sets;

/// <summary>What can be done with a rule set.</summary>
public enum RuleSetAct
{
    /// <summary>It is put in charge of the actuators.</summary>
    Promoted,

    /// <summary>It is in charge again, instead of the one that was promoted after it.</summary>
    RolledBack,

    /// <summary>It runs beside the one in charge and moves nothing.</summary>
    Shadowed,

    /// <summary>It no longer runs in shadow.</summary>
    Unshadowed,
}

/// <summary>Something that was done with a rule set.</summary>
/// <param name="TimeMs">When, Unix ms.</param>
/// <param name="Act">What.</param>
/// <param name="Version">With which.</param>
/// <param name="By">Who did it: a person, or <c>guard ID</c>.</param>
/// <param name="Reason">Why; may be empty.</param>
public sealed record RuleSetMove(long TimeMs, RuleSetAct Act, int Version, string By, string Reason);

/// <summary>Which rule sets are at work. Follows from the moves alone.</summary>
/// <param name="Production">The one in charge; null: none was ever promoted.</param>
/// <param name="Before">The one that a roll-back would put in charge; null: there is none.</param>
/// <param name="Shadow">The one in shadow; null: none.</param>
/// <param name="Promoted">The promotion that put <paramref name="Production"/> in charge, while its guards may still undo it; null after a roll-back.</param>
public sealed record RuleSetRoles(int? Production, int? Before, int? Shadow, RuleSetMove? Promoted)
{
    /// <summary>
    /// Plays the moves, oldest first. A roll-back takes the newest promotion away, so two of them go back by two; to promote what is in charge
    /// changes nothing.
    /// </summary>
    public static RuleSetRoles Of(IEnumerable<RuleSetMove> moves)
    {
        var promoted = new List<int>();
        (int? shadow, RuleSetMove? promotion) = (null, null);
        foreach (var move in moves)
        {
            switch (move.Act)
            {
                case RuleSetAct.Promoted when promoted is [.., var top] && top == move.Version:
                    break;
                case RuleSetAct.Promoted:
                    promoted.Add(move.Version);
                    (promotion, shadow) = (move, shadow == move.Version ? null : shadow);
                    break;
                case RuleSetAct.RolledBack:
                    promoted.RemoveRange(Math.Max(0, promoted.Count - 1), Math.Min(1, promoted.Count));
                    promotion = null;
                    break;
                default:
                    shadow = move.Act == RuleSetAct.Shadowed ? move.Version : null;
                    break;
            }
        }

        return new RuleSetRoles(promoted is [.., var last] ? last : null, promoted is [.., var before, _] ? before : null, shadow, promotion);
    }
}
