using SmartFarm.Domain.Farms;
using SmartFarm.Domain.Quantities;
using SmartFarm.Greenhouse.Climate;
using SmartFarm.Greenhouse.Weather;
using SmartFarm.Simulator.Faults.Houses;
using SmartFarm.Simulator.World;

namespace SmartFarm.Simulator.InMemory;

/// <summary>A house of a field in memory, as it really is. Not thread-safe.</summary>
public sealed class MemoryZone
{
    private readonly House _house;
    private readonly MemoryController[] _controllers;
    private readonly MemoryDevice[] _devices;
    private readonly IReadOnlyList<HouseFault> _faults;
    private readonly ActuatorEffects _effects;
    private readonly double[] _positions;
    private Scene _scene;

    internal MemoryZone(Zone zone, House house, MemoryController[] controllers, MemoryDevice[] devices, IReadOnlyList<HouseFault> faults)
    {
        (Zone, _house, _controllers, _devices, _faults) = (zone, house, controllers, devices, faults);
        Actuators = [.. zone.Controllers.SelectMany(c => c.Actuators)];
        _effects = new ActuatorEffects(Actuators);
        _positions = [.. Actuators.Select(a => a.Safe)];
        _scene = Scene.Of(house, zone.AreaM2 ?? SimulatedZone.UsualAreaM2);
    }

    /// <summary>The zone as its farm describes it.</summary>
    public Zone Zone { get; }

    /// <summary>Its actuators, in the order of the farm.</summary>
    public IReadOnlyList<Actuator> Actuators { get; }

    /// <summary>Where they really are, in the same order.</summary>
    public ReadOnlySpan<double> Positions => _positions;

    /// <summary>The climate of the house.</summary>
    public ref readonly HouseState State => ref _house.State;

    /// <summary>The air outside.</summary>
    public Outside Outside => _scene.Outside;

    /// <summary>The true value of a quantity in the house, in its canonical unit; NaN when nothing in it is of the kind.</summary>
    public double TrueValue(Quantity quantity) => Instruments.For(quantity)?.Read(_scene) ?? double.NaN;

    internal void Tick(DateTimeOffset now)
    {
        var first = 0;
        foreach (var controller in _controllers)
        {
            controller.Tick(now, _positions.AsSpan(first));
            first += controller.Count;
        }

        _house.Advance(now, HouseFault.At(_faults, _effects.Controls(_positions), now));
        _scene = Scene.Of(_house, Zone.AreaM2 ?? SimulatedZone.UsualAreaM2);
        foreach (var device in _devices)
        {
            device.Tick(_scene, now);
        }
    }
}
