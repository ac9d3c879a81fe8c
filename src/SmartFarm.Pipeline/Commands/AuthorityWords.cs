using SmartFarm.Rules.Engine;

namespace SmartFarm.Pipeline.Commands;

/// <summary>What the steps of the ladder mean at the desk.</summary>
internal static class AuthorityWords
{
    /// <summary>On whose authority, for people.</summary>
    public static string Of(Authority authority) => authority switch
    {
        Authority.EmergencyStop => "emergency stop by",
        Authority.Protection => "protection",
        Authority.DeviceFault => "device fault",
        Authority.Interlock => "interlock",
        Authority.Manual => "by hand of",
        Authority.CropProtection => "crop protection",
        Authority.Default => "default",
        Authority.SafeState => "safe state",
        _ => "rule",
    };

    /// <summary>Whether a person asked, and no rule.</summary>
    public static bool IsPerson(Authority authority) => authority == Authority.Manual || IsEmergency(authority);

    /// <summary>Emergency stop: nothing holds it back but a node in somebody's hand.</summary>
    public static bool IsEmergency(Authority authority) => authority == Authority.EmergencyStop;

    /// <summary>What protects people, plants and the house, down to the declared safe state.</summary>
    public static bool IsSafety(Authority authority) => authority is <= Authority.Interlock or Authority.SafeState;
}
