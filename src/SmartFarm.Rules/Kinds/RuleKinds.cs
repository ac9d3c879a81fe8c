using SmartFarm.Rules.Kinds.Climate;

namespace SmartFarm.Rules.Kinds;

/// <summary>Every kind of rule.</summary>
internal static class RuleKinds
{
    public static readonly IReadOnlyList<IRuleKind> All =
    [
        new Threshold(),
        new Value(),
        new Irrigation.IrrigationKind(),
        new Air.Co2Kind(),
        new Air.FoggingKind(),
        new Light.LampsKind(),
        new Alarm(),
        new Default(),
        new Programme(),
        new PBand(hasIntegral: false),
        new PBand(hasIntegral: true),
        new Vents(),
        new Screen(),
        new Heating(),
    ];

    public static IRuleKind? Find(string name) => All.FirstOrDefault(k => k.Name == name);
}
