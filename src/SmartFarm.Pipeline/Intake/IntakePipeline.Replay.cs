using SmartFarm.Domain.Text;
using SmartFarm.Domain.Wire;
using SmartFarm.Pipeline.Quarantine;
using SmartFarm.Pipeline.State;
using SmartFarm.Pipeline.Storage;

namespace SmartFarm.Pipeline.Intake;

/// <content>The way back from the quarantine, after the cause is mended.</content>
public sealed partial class IntakePipeline
{
    private readonly StoreBatch _replayed = new();

    /// <summary>
    /// Takes a refused message again. When it is understood now, its readings, its counts and its removal from the quarantine go into one
    /// commit; readings without a time get that of their arrival. When it is not, nothing is changed and the entry stays.
    /// <para>The books: what the entry had been counted as goes from quarantined to what it turned out to be, on the account of its device. A
    /// message that was refused whole counted as one, and counts as its readings from now on.</para>
    /// </summary>
    /// <returns>Null when it was taken, else why it stays.</returns>
    public string? Replay(QuarantineEntry entry)
    {
        if (entry.Size > entry.Payload.Length)
        {
            return $"Of its {entry.Size} bytes only the first {entry.Payload.Length} were kept.";
        }

        lock (_lock)
        {
            var topic = entry.Topic.Span;
            if (_topics.Parse(topic, out var site, out var address) != TopicKind.Telemetry || !Names.IsValid(site) || !Names.IsValid(address))
            {
                return "It is no telemetry: answers, states and the like are of their moment and never repeated.";
            }

            if (!_map.TryGetDevice(topic.Slice(_rootLength, site.Length + 1 + address.Length), out var device))
            {
                return "Still no device of the farm has this address: add it to farm.yaml, and restart the worker.";
            }

            if (!_formats.TryGetValue(device.Device.Format, out var format))
            {
                return $"The format '{device.Device.Format}' is not known.";
            }

            _message.Reset();
            format.Decode(topic, entry.Payload.Span, _message);
            if (TakeAgain(entry, device) is { } stays)
            {
                return stays;
            }

            _replayed.Released.Add(entry.Id);
            _store.Add(this, static (batch, intake) =>
            {
                batch.Add(intake._replayed);
                intake._metrics.Received((int)intake._replayed.Ledger.Values.Sum(c => c.Received));
            });
            _changed.Set(device.Zone);
            return null;
        }
    }

    private string? TakeAgain(QuarantineEntry entry, DeviceEntry device)
    {
        _replayed.Clear();
        var isWhole = entry.IsWholeMessage;
        var taken = new LedgerCounts();
        TakeReadings(entry, device, ref taken);
        foreach (var failure in _message.Failures)
        {
            _refusals.Add(failure);
        }

        if (_message.UnnamedFailures > 0)
        {
            _refusals.Add(_message.Failures[^1], _message.UnnamedFailures);
        }

        var refused = _refusals.Take();
        if (refused.Count > 0 && (!isWhole || taken.Stored == 0))
        {
            return refused[0].Failure.Detail;
        }

        var delivery = new Delivery { Topic = entry.Topic.Span, Payload = entry.Payload.Span, Receipt = default };
        if (isWhole && IsRepeated(_replayed, delivery))
        {
            // The broker had sent it twice while nobody knew its sender; its rows are written onto themselves.
            taken = new LedgerCounts { Duplicate = taken.Stored };
        }

        if (!isWhole)
        {
            taken = new LedgerCounts { Stored = entry.Readings };
        }

        _metrics.Stored((int)taken.Stored);
        _replayed.CountsOf(entry.Account).Add(new LedgerCounts { Received = -entry.Readings, Quarantined = -entry.Readings });
        ref var counts = ref _replayed.CountsOf(device.Account);
        counts.Add(taken with { Received = taken.Stored + taken.Duplicate + refused.Sum(r => r.Readings) });
        foreach (var (failure, readings) in refused)
        {
            Quarantine(_replayed, ref counts, delivery, failure, readings, device.Account, entry.ReceivedMs);
        }

        return null;
    }

    /// <summary>
    /// What was stored of the message at its time is written again, onto itself. A time that could not be when the message came cannot be now.
    /// </summary>
    private void TakeReadings(QuarantineEntry entry, DeviceEntry device, ref LedgerCounts taken)
    {
        var now = _clock.Now();

        // Of these the one without a time is a message that the broker had kept: nobody knows how old it was.
        var isRetained = entry.Reason == RejectReason.BadTime;
        foreach (ref readonly var reading in _message.Readings)
        {
            var timed = isRetained ? reading : reading with { TimeMs = reading.TimeMs ?? entry.ReceivedMs };
            var impossible = timed.TimeMs is { } timeMs ? ClockCheck.Judge(timeMs, entry.ReceivedMs) : null;
            if ((impossible ?? _taker.Take(_replayed, ref taken, device, timed, isRetained, now)) is { } refused)
            {
                _refusals.Add(refused);
            }
        }
    }
}
