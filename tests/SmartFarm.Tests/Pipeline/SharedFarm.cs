using SmartFarm.Domain.Farms;

namespace SmartFarm.Tests.Pipeline;

/// <summary>Two zones whose valves share a pump of 60 L/min: <c>gh1/pump</c> and <c>gh1/mist</c> at ctrl-1 take 40 and 20, <c>gh2/pump</c> at ctrl-2 takes 30.</summary>
internal static class SharedFarm
{
    public static Farm With(Func<Controller, Controller> change) => new("test", [
        new Site("t1", "Test site", null, null, null, "Asia/Almaty", [], [
            new Zone("gh1", "House 1", null, null, [], [change(new Controller("ctrl-1", "ctrl-addr", "native", [Valve("pump"), Valve("mist")]))]),
            new Zone("gh2", "House 2", null, null, [], [change(new Controller("ctrl-2", "other-addr", "native", [Valve("pump")]))]),
        ]) { Groups = [new ActuatorGroup("main", 60, "L/min", [new GroupMember("gh1", "pump", 40), new GroupMember("gh1", "mist", 20), new GroupMember("gh2", "pump", 30)])] },
    ]);

    private static Actuator Valve(string id) => new(id, ActuatorKind.Switch, null, 0, 1, 0, 0, TimeSpan.Zero, TimeSpan.Zero, TimeSpan.Zero, null);
}
