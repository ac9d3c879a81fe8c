using SmartFarm.Domain.Wire;
using SmartFarm.Pipeline.State;
using SmartFarm.Pipeline.Storage;

namespace SmartFarm.Pipeline.Intake;

/// <summary>Counts the running numbers that a device skipped: losses that happened before us. Called by the pipeline only, one message at a time.</summary>
internal static class SequenceCounter
{
    /// <summary>Takes the numbers of a message that is not a repetition. What a broker had kept from before says nothing about losses.</summary>
    public static void Take(StoreBatch batch, ref LedgerCounts counts, DeviceEntry device, ReadOnlySpan<RawReading> readings, bool isRetained)
    {
        if (isRetained || readings.IsEmpty)
        {
            return;
        }

        long? last = null;
        foreach (ref readonly var reading in readings)
        {
            if (reading.Seq is { } number && number != last)
            {
                counts.Missing += device.Sequence.Take(number, reading.TimeMs, device.MaybeRestarted);
                device.MaybeRestarted = false;
                last = number;
            }
        }

        if (last is not null)
        {
            batch.Sequences[device.Account] = device.Sequence;
        }
    }
}
