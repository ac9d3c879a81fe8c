using SmartFarm.Pipeline.Storage;
using SmartFarm.Pipeline.Telemetry;
using SmartFarm.Worker.Mqtt;

namespace SmartFarm.Worker.Hosting.Systemd;

/// <summary>
/// Whether the road moves: since the last look the store has reached a mark, or tried and been refused (a full disk is not mended by a
/// restart), and no receiver is still inside the same message. Not thread-safe.
/// </summary>
internal sealed class RoadPulse(StoreRunner store, IReadOnlyList<GatedReceiver> receivers, WorkerMetrics metrics)
{
    private readonly long?[] _inside = new long?[receivers.Count];
    private StoreMark? _mark;
    private long _failures;

    /// <summary>Whether the store has committed since the first look: it works.</summary>
    public bool HasCommitted { get; private set; }

    /// <summary>Looks, and compares with the last look. The first one only takes note.</summary>
    public bool IsMoving()
    {
        var isMoving = StoreMoves();
        for (var i = 0; i < receivers.Count; i++)
        {
            var inside = receivers[i].Inside;
            isMoving &= inside is null || inside != _inside[i];
            _inside[i] = inside;
        }

        return isMoving;
    }

    private bool StoreMoves()
    {
        var isReached = _mark?.Reached.IsCompleted ?? false;
        HasCommitted |= isReached;
        var moves = _mark is null || isReached || metrics.CommitFailures != _failures;
        _failures = metrics.CommitFailures;
        if (_mark is null || isReached)
        {
            _mark = StoreMark.Set(store);
        }

        return moves;
    }
}
