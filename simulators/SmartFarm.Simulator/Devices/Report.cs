using SmartFarm.Domain.Quantities;

namespace SmartFarm.Simulator.Devices;

/// <summary>What a device has to say at one moment, before it is put into bytes.</summary>
/// <param name="Time">By its own clock.</param>
/// <param name="Seq">Its running number.</param>
/// <param name="Values">In canonical units; NaN for no value.</param>
internal readonly record struct Report(DateTimeOffset Time, long Seq, IReadOnlyList<KeyValuePair<Quantity, double>> Values);
