using SmartFarm.Domain.Quantities;

namespace SmartFarm.Domain.Wire;

/// <summary>One value as a device sent it: in the device's unit and by the device's clock.</summary>
/// <param name="Quantity">What was measured.</param>
/// <param name="Value">The number sent; NaN when the device said that it has no value (JSON null).</param>
/// <param name="Unit">The unit sent; null: the canonical one.</param>
/// <param name="TimeMs">Unix time in milliseconds by the device; null when it sent none.</param>
/// <param name="Seq">The device's running number; null when it sent none.</param>
/// <param name="Position">Where in the zone (such as a depth); null when not said.</param>
public readonly record struct RawReading(Quantity Quantity, double Value, Unit? Unit, long? TimeMs, long? Seq, string? Position);

/// <summary>Something in a message that could not be taken.</summary>
/// <param name="Reason">Why, as a code.</param>
/// <param name="Detail">Why, in a sentence for the person who mends it.</param>
public readonly record struct DecodeFailure(RejectReason Reason, string Detail);

/// <summary>What a format found in one message. Reused from message to message; not thread-safe.</summary>
public sealed class DecodedMessage
{
    /// <summary>The most readings one message may hold; what is beyond is a failure.</summary>
    public const int MaxReadings = 10_000;

    /// <summary>The most failures kept of one message; further ones are only counted by the first.</summary>
    public const int MaxFailures = 8;

    private readonly List<DecodeFailure> _failures = [];
    private RawReading[] _readings = new RawReading[16];
    private int _count;

    /// <summary>The readings found, valid until the next <see cref="Reset"/>.</summary>
    public ReadOnlySpan<RawReading> Readings => _readings.AsSpan(0, _count);

    /// <summary>What could not be taken.</summary>
    public IReadOnlyList<DecodeFailure> Failures => _failures;

    /// <summary>How many faults there were beyond <see cref="MaxFailures"/>.</summary>
    public int UnnamedFailures { get; private set; }

    /// <summary>Forgets everything.</summary>
    public void Reset()
    {
        _count = 0;
        UnnamedFailures = 0;
        _failures.Clear();
    }

    /// <summary>Adds a reading.</summary>
    public void Add(in RawReading reading)
    {
        if (_count == MaxReadings)
        {
            Fail(RejectReason.TooLarge, $"The message holds more than {MaxReadings} readings; the rest was not taken.");
            return;
        }

        if (_count == _readings.Length)
        {
            Array.Resize(ref _readings, _count * 2);
        }

        _readings[_count++] = reading;
    }

    /// <summary>Gives time, number and position to the readings from <paramref name="first"/> on: in JSON they may come after the values.</summary>
    public void Stamp(int first, long? timeMs, long? seq, string? position)
    {
        for (var i = first; i < _count; i++)
        {
            _readings[i] = _readings[i] with { TimeMs = timeMs, Seq = seq, Position = position };
        }
    }

    /// <summary>Forgets the readings after the first <paramref name="count"/>: the element that held them turned out bad.</summary>
    public void Rewind(int count) => _count = Math.Min(_count, count);

    /// <summary>Reports something that could not be taken.</summary>
    public void Fail(RejectReason reason, string detail)
    {
        if (_failures.Count < MaxFailures)
        {
            _failures.Add(new DecodeFailure(reason, detail));
        }
        else
        {
            UnnamedFailures++;
        }
    }
}
