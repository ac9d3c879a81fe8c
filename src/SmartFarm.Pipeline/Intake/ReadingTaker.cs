using SmartFarm.Domain.Quantities;
using SmartFarm.Domain.Readings;
using SmartFarm.Domain.Wire;
using SmartFarm.Pipeline.Clocks;
using SmartFarm.Pipeline.State;
using SmartFarm.Pipeline.Storage;
using SmartFarm.Pipeline.Telemetry;

namespace SmartFarm.Pipeline.Intake;

/// <summary>Steps 6 to 8 of the road for one reading: canonical unit, flags, current state of the zone, rows.</summary>
internal sealed class ReadingTaker(IReadingCheck[] checks, WorkerMetrics metrics)
{
    /// <summary>Takes a reading into the batch and its zone; or says why it cannot be taken, and then nothing is changed.</summary>
    public DecodeFailure? Take(StoreBatch batch, ref LedgerCounts counts, DeviceEntry device, in RawReading raw, bool isRetained, in Moment now)
    {
        var quantity = raw.Quantity;
        if (!device.Measures(quantity))
        {
            return new DecodeFailure(RejectReason.UnknownQuantity, $"'{quantity}' is not among the quantities of '{device.Device.Id}'.");
        }

        if (isRetained && raw.TimeMs is null)
        {
            return new DecodeFailure(RejectReason.BadTime, "A message that the broker had kept, without a time: nobody knows how old it is. Publish telemetry without retain.");
        }

        // What carries no time is measured now, whatever our wall clock says: that only decides what can be recorded.
        var (timeMs, steadyMs) = (raw.TimeMs ?? now.WallMs, now.SteadyMs);
        var refused = raw.TimeMs is null ? ClockCheck.Judge(timeMs, timeMs) : device.Clock.Judge(timeMs, now, out steadyMs);
        if (refused is not null && raw.TimeMs is not null)
        {
            return refused;
        }

        // :: 6
        var value = raw.Unit is null ? raw.Value : raw.Unit.Convert(raw.Value, quantity.Unit);
        var flag = Judge(quantity, value, out var check);

        // :: 7
        switch (device.Zone.Offer(device, quantity, raw.Position, value, flag, steadyMs, now.SteadyMs, out var series))
        {
            case Offered.TooManyPositions:
                return new DecodeFailure(RejectReason.BadShape, $"'{device.Device.Id}' has named more than {DeviceEntry.MostPositions} positions; '{raw.Position}' was not taken.");
            case Offered.Late when refused is null:
                counts.Late++;
                metrics.Late();
                break;
        }

        if (refused is not null)
        {
            return refused;
        }

        // :: 8
        if (double.IsFinite(value))
        {
            batch.Add(Point.Of(series, quantity.Name, value, timeMs));
        }

        if (check is not null)
        {
            counts.Flagged++;
            metrics.Flagged();
            AddFlag(batch, device.Zone.QualitySeries(device, quantity, check.Name), flag, value, check.Explain(quantity, value), timeMs);
        }

        counts.Stored++;
        return null;
    }

    /// <summary>Adds the climate of a zone to the batch, when it is time for a row.</summary>
    public static void TakeClimate(StoreBatch batch, ZoneState zone, in Moment now)
    {
        if (zone.FormHistory(out var steadyMs) is not { } climate || now.ToWallMs(steadyMs) is var timeMs && timeMs < ClockCheck.EarliestMs)
        {
            return;
        }

        foreach (var value in climate.Values)
        {
            if (value.IsUsable)
            {
                batch.Add(Point.Of(zone.ClimateSeries, value.Quantity.Name, value.Value, timeMs));
            }
        }

        batch.Add(Point.Of(zone.ClimateSeries, Schema.Trust, climate.Trust, timeMs));
    }

    private static void AddFlag(StoreBatch batch, Series series, Flag flag, double value, string detail, long timeMs)
    {
        batch.Add(Point.OfInteger(series, "flag", (long)flag, timeMs));
        if (double.IsFinite(value))
        {
            batch.Add(Point.Of(series, "value", value, timeMs));
        }

        batch.Add(Point.OfText(series, "detail", detail, timeMs));
    }

    /// <summary>The worst flag of all checks, and the check that gave it; null when none had anything to say.</summary>
    private Flag Judge(Quantity quantity, double value, out IReadingCheck? worst)
    {
        var flag = Flag.Good;
        worst = null;
        foreach (var check in checks)
        {
            var found = check.Check(quantity, value);
            if (found > flag && found != Flag.NotEvaluated)
            {
                (flag, worst) = (found, check);
            }
        }

        return flag;
    }
}
