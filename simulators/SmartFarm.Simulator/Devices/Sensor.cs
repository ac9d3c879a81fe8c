using SmartFarm.Domain.Quantities;
using SmartFarm.Greenhouse.Instruments;
using SmartFarm.Simulator.Faults.Signals;
using SmartFarm.Simulator.World;

namespace SmartFarm.Simulator.Devices;

/// <summary>
/// One quantity of a device, from the truth to what is shown: surroundings, lag, amplifier, noise, range and steps, reading, with the faults
/// between. A fault has its own chance, so that beside its fault a faulty sensor shows what a healthy one would. Not thread-safe.
/// </summary>
/// <param name="quantity">What it measures.</param>
/// <param name="instrument">With what.</param>
/// <param name="faults">What goes wrong with it.</param>
/// <param name="random">Chance of its noise.</param>
/// <param name="start">When it is switched on.</param>
/// <param name="speed">Seconds of the world per second: lag belongs to the world.</param>
internal sealed class Sensor(Quantity quantity, Instrument instrument, IReadOnlyList<SignalFault> faults, Random random, DateTimeOffset start, double speed)
{
    private readonly FirstOrderLag _lag = new(instrument.LagSeconds);
    private readonly SignalFault[] _faults = [.. faults.OrderBy(fault => fault.Window.Start)];
    private DateTimeOffset _last = start;

    public Quantity Quantity => quantity;

    /// <summary>What it shows, in the canonical unit; NaN for no value.</summary>
    public double Read(in Scene scene, DateTimeOffset now)
    {
        var moment = new Moment(quantity, scene, now);
        var value = Pass(SignalStage.Element, instrument.Read(scene), moment);
        value = _lag.Follow(value, (now - _last).TotalSeconds * speed);
        _last = now;
        value = Pass(SignalStage.Amplifier, value, moment) + (instrument.Noise * Chance.Normal(random));
        return Pass(SignalStage.Reading, instrument.Show(value), moment);
    }

    private double Pass(SignalStage stage, double value, in Moment moment)
    {
        foreach (var fault in _faults)
        {
            if (fault.Stage == stage && fault.Window.IsOpen(moment.Now))
            {
                value = fault.Apply(value, moment);
            }
        }

        return value;
    }
}
