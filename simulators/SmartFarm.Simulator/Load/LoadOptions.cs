using SmartFarm.Domain.Text;

namespace SmartFarm.Simulator.Load;

/// <summary>What load to make.</summary>
public sealed record LoadOptions
{
    /// <summary>
    /// Connections unless said otherwise. A real device has one of its own; so have ours, up to this many. Beyond that devices share: thousands of connections
    /// with two messages a second each cost both sides a system call per message, so that the operating system would be measured.
    /// </summary>
    public const int UsualConnections = 64;

    /// <summary>Devices, 1 to 99,999.</summary>
    public required int Devices { get; init; }

    /// <summary>Messages per second of all devices together, above 0.</summary>
    public required double Rate { get; init; }

    /// <summary>How long messages come due.</summary>
    public required TimeSpan Duration { get; init; }

    /// <summary>Connections that the devices share, 1 to <see cref="Devices"/>.</summary>
    public required int Connections { get; init; }

    /// <summary>First level of the topics.</summary>
    public string Root { get; init; } = "farm";

    /// <summary>Site of the devices.</summary>
    public string Site { get; init; } = "load";

    /// <summary>Time after the last message came due that is given to what is late: to be sent, and to be acknowledged.</summary>
    public TimeSpan Patience { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>Itself, when it can be run.</summary>
    /// <exception cref="SimulatorException">It cannot; the sentence says why.</exception>
    internal LoadOptions Checked() =>
        Devices is < 1 or > 99_999 ? throw new SimulatorException($"--devices is {Devices}; it must be 1 to 99999.")
        : Rate is not (> 0 and <= 10_000_000) ? throw new SimulatorException($"--rate is {Rate}; give a number above 0 and up to 10000000.")
        : Rate > 1000.0 * Devices ? throw new SimulatorException($"--rate is {Rate}: a device would send two messages in one millisecond, the step of its clock. Give more devices.")
        : Connections < 1 || Connections > Devices ? throw new SimulatorException($"--connections is {Connections}; it must be 1 to the number of devices, {Devices}.")
        : Rate * Duration.TotalSeconds < 1 ? throw new SimulatorException("Nothing comes due in this time at this rate; give a longer --for.")
        : !Names.IsValid(Site) ? throw new SimulatorException($"--site is '{Site}'; it must be a name of a-z, 0-9, '_' and '-'.")
        : this;
}
