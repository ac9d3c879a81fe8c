using SmartFarm.Greenhouse.Climate.Balances;

namespace SmartFarm.Greenhouse.Climate.Processes;

/// <summary>Lamps hang above the leaves: their light goes to leaves and floor, the rest of their power to the air.</summary>
internal readonly record struct Lamps(double Power, double Par, double ParCanopy, double Floor)
{
    public static Lamps Of(in Moment m)
    {
        var light = m.House.Light;
        var power = light.LampPower * m.Controls.Lamps;
        var par = power * light.LampParShare;
        var (canopy, floor) = (m.Fabric.CanopyPar, m.House.Floor.ParReflection);
        var intoFloor = par * canopy.DownTo(floor) * (1 - floor);
        return new Lamps(power, par, (par * (1 - canopy.ReflectionOver(floor))) - intoFloor, intoFloor);
    }

    public void AddTo(Span<Flow> flows)
    {
        flows[(int)HouseFlow.LampsToCanopy] = Flow.Into(Node.Canopy, ParCanopy);
        flows[(int)HouseFlow.LampsToFloor] = Flow.Into(Node.Floor, Floor);
        flows[(int)HouseFlow.LampsToAir] = Flow.Into(Node.Air, Power - ParCanopy - Floor);
    }
}
