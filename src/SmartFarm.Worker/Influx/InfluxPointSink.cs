using SmartFarm.Influx;
using SmartFarm.Pipeline.Storage;

namespace SmartFarm.Worker.Influx;

/// <summary>
/// Hands encoded rows to InfluxDB and turns each answer into one of the road's: stored, refused row by row, or keep. Thread-safe.
/// </summary>
public sealed class InfluxPointSink(InfluxClient client) : IPointSink
{
    /// <inheritdoc/>
    public async ValueTask<WriteResult> WriteAsync(ReadOnlyMemory<byte> lines, CancellationToken cancellationToken)
    {
        if (lines.IsEmpty)
        {
            return WriteResult.AllStored;
        }

        var reply = await client.WriteAsync(lines, cancellationToken);
        return reply.Verdict switch
        {
            InfluxVerdict.Stored => WriteResult.AllStored,
            InfluxVerdict.BadRows or InfluxVerdict.TooLarge => await new Separation(client, lines).RunAsync(reply, cancellationToken),
            _ => Keep(client.Options, reply),
        };
    }

    internal static WriteResult Keep(InfluxOptions options, InfluxReply reply) =>
        new(WriteKind.Keep, InfluxAdvice.For(options, reply), reply.RetryAfter, []);
}
