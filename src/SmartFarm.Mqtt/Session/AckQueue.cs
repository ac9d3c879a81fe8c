using System.Buffers;
using SmartFarm.Mqtt.Packets;

namespace SmartFarm.Mqtt.Session;

/// <summary>
/// The received messages of one connection that are not acknowledged yet, in order of arrival: a ring, addressed by sequence number.
/// PUBACKs leave in that order [MQTT-4.6.0-2], so one that is not due holds back all behind it. Thread-safe.
/// </summary>
internal sealed class AckQueue(int capacity)
{
    private readonly Lock _lock = new();
    private readonly ushort[] _ids = new ushort[capacity];
    private readonly bool[] _due = new bool[capacity];
    private long _head;
    private long _tail;
    private TaskCompletionSource? _room;

    /// <summary>Whether no further message can be taken in. For the thread that adds.</summary>
    public bool IsFull => _tail - Volatile.Read(ref _head) == capacity;

    /// <summary>Whether a PUBACK waits to be written.</summary>
    public bool HasDue
    {
        get
        {
            lock (_lock)
            {
                return _head < _tail && _due[_head % capacity];
            }
        }
    }

    /// <summary>Takes in a message and returns its sequence number. The queue must not be full.</summary>
    public long Add(ushort packetId)
    {
        lock (_lock)
        {
            var slot = _tail % capacity;
            _ids[slot] = packetId;
            _due[slot] = false;
            return _tail++;
        }
    }

    /// <summary>Marks messages as safe. Returns whether a PUBACK may go out now that could not before; what is unknown or marked already changes nothing.</summary>
    public bool Complete(long first, int count = 1)
    {
        lock (_lock)
        {
            var wasDue = _head < _tail && _due[_head % capacity];
            var end = Math.Min(first + count, _tail);
            for (var sequence = Math.Max(first, _head); sequence < end; sequence++)
            {
                _due[sequence % capacity] = true;
            }

            return !wasDue && _head < _tail && _due[_head % capacity];
        }
    }

    /// <summary>Writes the PUBACKs that may go out.</summary>
    public void WriteDue(IBufferWriter<byte> output)
    {
        TaskCompletionSource? room = null;
        lock (_lock)
        {
            if (_head == _tail || !_due[_head % capacity])
            {
                return;
            }

            // The success form of PUBACK is the same four bytes in both editions.
            for (; _head < _tail && _due[_head % capacity]; _head++)
            {
                new AckPacket { Type = PacketType.PubAck, PacketId = _ids[_head % capacity] }.WriteTo(output, MqttVersion.V311);
            }

            (room, _room) = (_room, null);
        }

        room?.TrySetResult();
    }

    /// <summary>Completes when the queue has room.</summary>
    public Task WhenRoomAsync(CancellationToken cancellationToken)
    {
        lock (_lock)
        {
            if (_tail - _head < capacity)
            {
                return Task.CompletedTask;
            }

            _room ??= new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
            return _room.Task.WaitAsync(cancellationToken);
        }
    }
}
