using SmartFarm.Dashboards.Model;

namespace SmartFarm.Dashboards.Boards;

/// <summary>Words for what the desk and the rules store as text.</summary>
internal static class AutomationWords
{
    /// <summary>In whose hand a node is, by its own word.</summary>
    public static readonly IReadOnlyList<Mapping> Modes =
    [
        Mapping.OfText("remote", "mode.remote", "green"), Mapping.OfText("local", "mode.local", "orange"), Mapping.OfText("manual", "mode.manual", "orange"),
        Mapping.OfText("unknown", "mode.unknown", "gray"),
    ];

    /// <summary>Why a target is not commanded just now: the sentences of the desk's stages, short and in the reader's language. A sentence that is not here stays as it is.</summary>
    public static readonly IReadOnlyList<Mapping> Held =
    [
        Mapping.OfPattern(@"It is there\.", "held.there", "green"),
        Mapping.OfPattern(@"A command for this target is under way\.", "held.under_way", "blue"),
        Mapping.OfPattern(@"It must stay (?:on|off) for another (\d+) s\.", "held.minimum_time", "yellow"),
        Mapping.OfPattern(@"The last command for this target ended \w+; the next try is in (\d+) s\.", "held.retry", "red"),
        Mapping.OfPattern(@".* commanded too often; the next command may go in (\d+) s\.", "held.storm", "orange"),
        Mapping.OfPattern(@"The controller '.*' is in (?:local|manual) mode\.", "held.local", "purple"),
        Mapping.OfPattern(@"The controller '.*' has not said yet who has it in hand\.", "held.not_heard", "orange"),
        Mapping.OfPattern(@"The last command reached this target, and the controller has reported nothing since\.", "held.no_report", "yellow"),
        Mapping.OfPattern(@"The group '(.*)' has no room.*", "held.group", "yellow"),
    ];

    /// <summary>Whether rules in shadow want something else.</summary>
    public static readonly IReadOnlyList<Mapping> Differs = [new(0, null, "shadow.same", "green"), new(1, null, "shadow.differs", "orange")];
}
