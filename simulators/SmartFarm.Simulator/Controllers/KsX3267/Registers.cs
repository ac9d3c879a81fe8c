namespace SmartFarm.Simulator.Controllers.KsX3267;

/// <summary>What a device shows in its read registers.</summary>
/// <param name="Name">Name of the actuator.</param>
/// <param name="Code">What kind it is.</param>
/// <param name="OpId">Number of the operation that runs, 1..65535; 0: none.</param>
/// <param name="Status">What it does.</param>
/// <param name="RemainTime">Seconds that it still needs, or stays on.</param>
/// <param name="Position">Opener: where it stands, %; null for a switch.</param>
internal readonly record struct DeviceRegisters(string Name, DeviceCode Code, int OpId, Status Status, uint RemainTime, int? Position)
{
    /// <summary>The words as they stand on a Modbus line, 32-bit numbers with the low word first.</summary>
    public ushort[] Words()
    {
        ushort[] common = [(ushort)OpId, (ushort)Status, (ushort)RemainTime, (ushort)(RemainTime >> 16)];
        return Position is { } position ? [.. common, (ushort)position] : common;
    }
}

/// <summary>What a node shows in its read registers.</summary>
/// <param name="Status">How it is.</param>
/// <param name="Control">Who has authority.</param>
/// <param name="Devices">Its actuators.</param>
internal sealed record NodeRegisters(Status Status, Authority Control, IReadOnlyList<DeviceRegisters> Devices);

/// <summary>What is written to a node or a device.</summary>
/// <param name="Device">Name of the actuator; null: the node.</param>
/// <param name="Operation">What it shall do.</param>
/// <param name="OpId">Number of the operation, 1..65535, another one each time.</param>
/// <param name="Time">Seconds of a timed operation.</param>
/// <param name="Position">Position, %.</param>
/// <param name="Control">Authority, for the node.</param>
internal sealed record Write(string? Device, Operation Operation, int OpId, uint Time, int Position, Authority Control);
