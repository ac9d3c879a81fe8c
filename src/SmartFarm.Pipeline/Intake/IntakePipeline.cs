using Microsoft.Extensions.Logging;
using SmartFarm.Domain.Text;
using SmartFarm.Domain.Wire;
using SmartFarm.Pipeline.Clocks;
using SmartFarm.Pipeline.Quarantine;
using SmartFarm.Pipeline.State;
using SmartFarm.Pipeline.Storage;
using SmartFarm.Pipeline.Telemetry;

namespace SmartFarm.Pipeline.Intake;

/// <summary>
/// The road of a reading, told once; the code carries the same numbers.
/// <para>(1) Bytes arrive on a socket; the packet reader says <em>packet</em>, <em>not yet</em> or <em>never</em>.</para>
/// <para>(2) The session queues the PUBLISH for ordered acknowledgement and hands it out; what may be open is bounded, so the broker holds the rest.</para>
/// <para>(3) It becomes a <see cref="Delivery"/> with a <see cref="Receipt"/> that is settled exactly once, and arrives here.</para>
/// <para>(4) The topic chooses the payload format, which finds readings, or says why not: to quarantine.</para>
/// <para>(5) The device's address is looked up in the <see cref="FarmMap"/>. Nobody's: quarantined as unclaimed.</para>
/// <para>(6) Units become canonical; checks flag each value. Flagged values are kept.</para>
/// <para>(7) The zone takes the value into its climate; late data is stored but moves nothing back.</para>
/// <para>(8) Everything goes to the <see cref="StoreRunner"/>: one commit, then the receipts are settled and the PUBACKs go out.</para>
/// <para>(9) The rule engine steps its zone; (10) the command desk lets pass or says why not; (11) the controller answers;
/// (12) every step counts itself.</para>
/// Thread-safe; one message at a time.
/// </summary>
public sealed partial class IntakePipeline
{
    private const string Excerpted = " Only its beginning is kept: too many messages of this account were refused at once.";
    private readonly FarmMap _map;
    private readonly NativeTopics _topics;
    private readonly StoreRunner _store;
    private readonly WorkerMetrics _metrics;
    private readonly SteadyClock _clock;
    private readonly ILogger<IntakePipeline> _log;
    private readonly Dictionary<string, IPayloadFormat> _formats;
    private readonly ReadingTaker _taker;
    private readonly ZoneSignal _changed;
    private readonly Lock _lock = new();
    private readonly DuplicateWindow _window = new();
    private readonly DecodedMessage _message = new();
    private readonly Refusals _refusals = new();
    private readonly int _rootLength;

    /// <summary>Builds the pipeline.</summary>
    /// <param name="changed">Called after a message moved the state of a zone.</param>
    public IntakePipeline(
        FarmMap map,
        NativeTopics topics,
        IEnumerable<IPayloadFormat> formats,
        IEnumerable<IReadingCheck> checks,
        StoreRunner store,
        WorkerMetrics metrics,
        SteadyClock clock,
        ILogger<IntakePipeline> log,
        ZoneSignal changed)
    {
        (_map, _topics, _store, _metrics, _clock, _log) = (map, topics, store, metrics, clock, log);
        _formats = formats.ToDictionary(f => f.Name, StringComparer.Ordinal);
        _taker = new ReadingTaker([.. checks], metrics);
        _changed = changed;
        _rootLength = topics.Root.Length + 1;
    }

    /// <summary>Remembers what was stored before a restart, oldest first, so that what the broker sends again is known.</summary>
    public void Remember(IEnumerable<ulong> fingerprints)
    {
        lock (_lock)
        {
            foreach (var fingerprint in fingerprints)
            {
                _window.TryAdd(fingerprint);
            }
        }
    }

    /// <summary>Takes up the running numbers of devices as they were before a restart.</summary>
    public void Remember(IReadOnlyDictionary<string, SequenceWindow> sequences)
    {
        lock (_lock)
        {
            foreach (var device in _map.Zones.SelectMany(z => z.Devices))
            {
                device.Sequence = sequences.GetValueOrDefault(device.Account);
            }
        }
    }

    /// <summary>Takes a message. Never throws: whatever is wrong with it ends in the quarantine, and its receipt is settled.</summary>
    public void Accept(in Delivery delivery)
    {
        _metrics.Message();
        lock (_lock)
        {
            var now = _clock.Now();
            try
            {
                Accept(delivery, now);
            }
            catch (Exception e)
            {
                _metrics.Fault();
                Log.Fault(_log, e);
                Refuse(delivery, RejectReason.InternalError, $"A fault of ours while handling it: {e.Message}", QuarantineEntry.Unclaimed, now.WallMs);
            }
        }
    }

    /// <summary>Puts a message into the quarantine that could not be understood before it came here.</summary>
    /// <param name="delivery">The message.</param>
    /// <param name="reason">Why, as a code.</param>
    /// <param name="detail">Why, in a sentence.</param>
    /// <param name="account">Whose account it is counted on, when its sender is known.</param>
    public void Refuse(in Delivery delivery, RejectReason reason, string detail, string account = QuarantineEntry.Unclaimed)
    {
        _metrics.Message();
        lock (_lock)
        {
            Refuse(delivery, reason, detail, account, _clock.Now().WallMs);
        }
    }

    /// <summary>Settles a message that needed no storing, at once: it must not wait for a store that cannot commit.</summary>
    public void Pass(in Receipt receipt)
    {
        _metrics.Message();
        receipt.Settle();
    }

    /// <summary>Waits for room: the place for back-pressure.</summary>
    public ValueTask FlushAsync(CancellationToken cancellationToken) => _store.WaitForRoomAsync(cancellationToken);

    private void Accept(in Delivery delivery, Moment now)
    {
        // :: 4
        if (_topics.Parse(delivery.Topic, out var site, out var address) != TopicKind.Telemetry)
        {
            Refuse(delivery, RejectReason.NoFormat, "No payload format is configured for this topic.", QuarantineEntry.Unclaimed, now.WallMs);
            return;
        }

        if (!Names.IsValid(site) || !Names.IsValid(address))
        {
            Refuse(delivery, RejectReason.BadTopic, "A name in the topic is not made of a-z, 0-9, '_' and '-'.", QuarantineEntry.Unclaimed, now.WallMs);
            return;
        }

        // :: 5
        if (!_map.TryGetDevice(delivery.Topic.Slice(_rootLength, site.Length + 1 + address.Length), out var device))
        {
            Refuse(delivery, RejectReason.UnknownDevice, "No device of the farm has this address: add it to farm.yaml to claim it.", QuarantineEntry.Unclaimed, now.WallMs);
            return;
        }

        device.LastSeenMs = now.SteadyMs;
        if (delivery.OversizeBytes > 0)
        {
            Refuse(delivery, RejectReason.TooLarge, $"The payload has {delivery.OversizeBytes} bytes; only its beginning is kept.", device.Account, now.WallMs);
            return;
        }

        if (!_formats.TryGetValue(device.Device.Format, out var format))
        {
            Refuse(delivery, RejectReason.NoFormat, $"The format '{device.Device.Format}' is not known.", device.Account, now.WallMs);
            return;
        }

        _message.Reset();
        format.Decode(delivery.Topic, delivery.Payload, _message);
        _store.Add(new Step(this, delivery, device, now), static (batch, step) => step.Pipeline.Store(batch, step.Delivery, step.Device, step.Now));
        _changed.Set(device.Zone);
    }

    private void Store(StoreBatch batch, in Delivery delivery, DeviceEntry device, in Moment now)
    {
        // Counted before anything can become of them: what is forgotten from here on stays open in the ledger.
        ref var counts = ref batch.CountsOf(device.Account);
        var readings = _message.Readings.Length + _message.Failures.Count + _message.UnnamedFailures;
        counts.Received += readings;
        _metrics.Received(readings);
        try
        {
            Settle(batch, ref counts, delivery, device, now, readings);
        }
        catch (Exception e)
        {
            _metrics.Fault();
            Log.Fault(_log, e);
            _refusals.Take();
            var failure = new DecodeFailure(RejectReason.InternalError, $"A fault of ours while handling it: {e.Message}");
            Quarantine(batch, ref counts, delivery, failure, (int)counts.Unexplained, device.Account, now.WallMs);
        }

        batch.Add(delivery.Receipt);
    }

    private void Settle(StoreBatch batch, ref LedgerCounts counts, in Delivery delivery, DeviceEntry device, in Moment now, int readings)
    {
        if (IsRepeated(batch, delivery))
        {
            counts.Duplicate += readings;
            _metrics.Duplicate(readings);
        }
        else
        {
            SequenceCounter.Take(batch, ref counts, device, _message.Readings, delivery.Retained);
            var stored = counts.Stored;
            foreach (ref readonly var reading in _message.Readings)
            {
                if (_taker.Take(batch, ref counts, device, reading, delivery.Retained, now) is { } refused)
                {
                    _refusals.Add(refused);
                }
            }

            var taken = (int)(counts.Stored - stored);
            _metrics.Stored(taken);

            foreach (var failure in _message.Failures)
            {
                _refusals.Add(failure);
            }

            if (_message.UnnamedFailures > 0)
            {
                _refusals.Add(_message.Failures[^1], _message.UnnamedFailures);
            }

            foreach (var (failure, refused) in _refusals.Take())
            {
                Quarantine(batch, ref counts, delivery, failure, refused, device.Account, now.WallMs);
            }

            ReadingTaker.TakeClimate(batch, device.Zone, now);
            if (!delivery.Retained && _message.Readings is [.., var newest] && device.Clock.Live(newest.TimeMs, now) is { } measuredMs)
            {
                batch.Live.Add(_clock.ToTimestamp(measuredMs));
            }
        }
    }

    /// <summary>
    /// A message that carries its time and has come before, byte for byte, is a redelivery. With a number only, it is one when the broker says
    /// so: a device that restarts counts anew. With neither, nobody can tell.
    /// </summary>
    private bool IsRepeated(StoreBatch batch, in Delivery delivery)
    {
        if (_message.Readings.Length == 0 || (_message.Readings[0].TimeMs is null && _message.Readings[0].Seq is null))
        {
            return false;
        }

        var fingerprint = Fingerprint.Of(delivery.Payload, Fingerprint.Of(delivery.Topic));
        if (!_window.TryAdd(fingerprint))
        {
            return _message.Readings[0].TimeMs is not null || delivery.IsRedelivery;
        }

        batch.AddFingerprint(fingerprint);
        return false;
    }

    private void Refuse(in Delivery delivery, RejectReason reason, string detail, string account, long nowMs) => _store.Add(
        new Refusal(this, delivery, new DecodeFailure(reason, detail), account, nowMs),
        static (batch, refusal) =>
        {
            ref var counts = ref batch.CountsOf(refusal.Account);
            counts.Received++;
            refusal.Pipeline._metrics.Received(1);
            refusal.Pipeline.Quarantine(batch, ref counts, refusal.Delivery, refusal.Failure, 1, refusal.Account, refusal.NowMs);
            batch.Add(refusal.Delivery.Receipt);
        });

    private void Quarantine(StoreBatch batch, ref LedgerCounts counts, in Delivery delivery, DecodeFailure failure, int readings, string account, long nowMs)
    {
        var most = batch.QuarantinedBytesOf(account) < QuarantineEntry.FairShare ? QuarantineEntry.MaxPayload : QuarantineEntry.ExcerptPayload;
        var kept = delivery.Payload[..Math.Min(delivery.Payload.Length, most)];
        var size = Math.Max(delivery.OversizeBytes, delivery.Payload.Length);
        var detail = QuarantineEntry.DetailOf(failure.Detail, readings);
        detail = kept.Length < Math.Min(delivery.Payload.Length, QuarantineEntry.MaxPayload) ? detail + Excerpted : detail;
        batch.Add(new QuarantineEntry(0, nowMs, delivery.Topic.ToArray(), kept.ToArray(), size, failure.Reason, detail, account));
        counts.Quarantined += readings;
        _metrics.Reject(failure.Reason, readings);
    }

    private readonly ref struct Step(IntakePipeline pipeline, in Delivery delivery, DeviceEntry device, Moment now)
    {
        public readonly IntakePipeline Pipeline = pipeline;
        public readonly Delivery Delivery = delivery;
        public readonly DeviceEntry Device = device;
        public readonly Moment Now = now;
    }

    private readonly ref struct Refusal(IntakePipeline pipeline, in Delivery delivery, DecodeFailure failure, string account, long nowMs)
    {
        public readonly IntakePipeline Pipeline = pipeline;
        public readonly Delivery Delivery = delivery;
        public readonly DecodeFailure Failure = failure;
        public readonly string Account = account;
        public readonly long NowMs = nowMs;
    }

    private static partial class Log
    {
        [LoggerMessage(LogLevel.Error, "A message could not be handled; it is in the quarantine.")]
        public static partial void Fault(ILogger logger, Exception exception);
    }
}
