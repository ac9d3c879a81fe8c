using SmartFarm.Configuration.Values;
using SmartFarm.Simulator.Faults.Delivery;
using SmartFarm.Simulator.Faults.Drives;
using SmartFarm.Simulator.Faults.Houses;
using SmartFarm.Simulator.Faults.Nodes;
using SmartFarm.Simulator.Faults.Signals;

namespace SmartFarm.Simulator.Faults;

/// <summary>The table of faults: one line adds a kind. Thread-safe.</summary>
public static class FaultKinds
{
    /// <summary>Every kind.</summary>
    public static IReadOnlyList<FaultKind> All { get; } =
    [
        Lag.Kind,
        RadiationError.Kind,
        Bias.Kind,
        Drift.Kind,
        Ageing.Kind,
        Noise.Kind,
        Stuck.Kind,
        StuckAt.Kind,
        Spike.Kind,
        Sentinel.Kind,
        Dropout.Kind,
        WrongUnit.Kind,
        Jammed.Kind,
        JammedAt.Kind,
        Slow.Kind,
        Reversed.Kind,
        DeadBand.Kind,
        Backlash.Kind,
        Stiction.Kind,
        PositionError.Kind,
        LostFeedback.Kind,
        NoPowerAtContactor.Kind,
        Welded.Kind,
        PowerCut.Kind,
        Reboot.Kind,
        WrongClock.Kind,
        NetworkLoss.Kind,
        LocalControl.Kind,
        Duplicate.Kind,
        OutOfOrder.Kind,
        Late.Kind,
        Lost.Kind,
        BoilerTrip.Kind,
        FoggerFailure.Kind,
        TankEmpty.Kind,
        MainsCut.Kind,
        Co2Empty.Kind,
        LampFailure.Kind,
        FanFailure.Kind,
        GridFailure.Kind,
        TornCover.Kind,
    ];

    /// <summary>Finds the kind that a scenario means; the same name may mean one thing at a sensor and another at an actuator.</summary>
    /// <exception cref="SimulatorException">There is none of this name for this place.</exception>
    public static FaultKind Find(FaultSpec spec)
    {
        var possible = All.Where(kind => kind.Places.HasFlag(spec.Place)).ToList();
        return spec.Place == FaultPlace.None
            ? throw new SimulatorException($"The fault '{spec.Kind}' befalls nobody; name a device, a controller or a zone.")
            : possible.Find(kind => kind.Name == spec.Kind)
            ?? throw new SimulatorException(
                $"There is no fault '{spec.Kind}' of a {spec.Place.ToString().ToLowerInvariant()}; {Suggestion.For(spec.Kind, [.. possible.Select(kind => kind.Name)])}");
    }

    /// <summary>What is wrong with a fault before it is looked up in a farm, as a sentence; null when nothing is.</summary>
    public static string? Objection(FaultSpec spec)
    {
        try
        {
            return Find(spec).Objection(spec);
        }
        catch (SimulatorException e)
        {
            return e.Message;
        }
    }
}
