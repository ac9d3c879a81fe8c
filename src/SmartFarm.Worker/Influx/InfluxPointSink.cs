using SmartFarm.Influx;
using SmartFarm.Pipeline.Storage;

namespace SmartFarm.Worker.Influx;

/// <summary>
/// Hands encoded rows to InfluxDB and turns each answer into one of the road's: stored, refused row by row, or keep. What was found out
/// about a body before an outage is kept, so that the next write of the same rows, alone or with more behind them, goes on from there.
/// Thread-safe.
/// </summary>
public sealed class InfluxPointSink(InfluxClient client) : IPointSink
{
    private const int MostUnfinished = 4;
    private static readonly TimeSpan LeastPauseForMending = TimeSpan.FromSeconds(10);
    private readonly InfluxDealings _dealings = new(client);
    private readonly List<Separation> _unfinished = [];

    /// <inheritdoc/>
    public async ValueTask<WriteResult> WriteAsync(ReadOnlyMemory<byte> lines, CancellationToken cancellationToken)
    {
        if (lines.IsEmpty)
        {
            return WriteResult.AllStored;
        }

        var separation = TakeUnfinished(lines);
        if (separation is null)
        {
            var isPlain = _dealings.Suspects.IsEmpty && lines.Length <= _dealings.Limit.Bytes;
            var first = isPlain ? await client.WriteAsync(lines, cancellationToken) : null;
            if (first?.Verdict == InfluxVerdict.Stored)
            {
                return WriteResult.AllStored;
            }

            separation = new Separation(_dealings, lines, first);
        }

        try
        {
            return await separation.RunAsync(cancellationToken);
        }
        finally
        {
            Remember(separation);
        }
    }

    /// <summary>What waits must not be tried at once again when somebody has to mend something first.</summary>
    internal static WriteResult Keep(InfluxOptions options, InfluxReply reply) => new(
        WriteKind.Keep,
        InfluxAdvice.For(options, reply),
        reply.Verdict == InfluxVerdict.NeedsMending && !(reply.RetryAfter > LeastPauseForMending) ? LeastPauseForMending : reply.RetryAfter,
        []);

    private Separation? TakeUnfinished(ReadOnlyMemory<byte> lines)
    {
        lock (_unfinished)
        {
            var found = _unfinished.Find(separation => separation.TryExtend(lines));
            if (found is not null)
            {
                _unfinished.Remove(found);
            }

            return found;
        }
    }

    private void Remember(Separation separation)
    {
        lock (_unfinished)
        {
            if (separation.HasProgress)
            {
                _unfinished.Add(separation);
                if (_unfinished.Count > MostUnfinished)
                {
                    _unfinished.RemoveAt(0);
                }
            }
        }
    }
}
