using System.Buffers;
using SmartFarm.Domain.Text;
using SmartFarm.Influx;
using SmartFarm.Pipeline.Storage;

namespace SmartFarm.Worker.Influx;

/// <summary>
/// Writes a large body in two halves at once, since InfluxDB takes two writers' rows faster than one's. All rows of a series go into the
/// same half, in their order, so that of two rows with the same time the later one still wins. A body that was not taken is sent whole until one is. One caller at a time.
/// </summary>
/// <param name="inner">Thread-safe.</param>
public sealed class SplitSink(IPointSink inner) : IPointSink
{
    /// <summary>Bytes of a body from which on it is worth two requests.</summary>
    public const int WorthSplitting = 256 * 1024;

    private readonly ArrayBufferWriter<byte>[] _halves = [new(), new()];

    // What was found out about a body that is not stored yet is kept for the whole of it: two halves would have to be done in the same attempt.
    private bool _isWhole;

    /// <inheritdoc/>
    public async ValueTask<WriteResult> WriteAsync(ReadOnlyMemory<byte> lines, CancellationToken cancellationToken)
    {
        var result = _isWhole || lines.Length < WorthSplitting ? await inner.WriteAsync(lines, cancellationToken) : await WriteHalvesAsync(lines, cancellationToken);
        _isWhole = result.Kind == WriteKind.Keep;
        return result;
    }

    private async Task<WriteResult> WriteHalvesAsync(ReadOnlyMemory<byte> lines, CancellationToken cancellationToken)
    {
        Split(lines.Span);
        var results = await Task.WhenAll(_halves.Select(half => inner.WriteAsync(half.WrittenMemory, cancellationToken).AsTask()));
        return Both(results[0], results[1]);
    }

    private static WriteResult Both(WriteResult a, WriteResult b)
    {
        if (a.Kind == WriteKind.Stored && b.Kind == WriteKind.Stored)
        {
            return a.Refused.Count + b.Refused.Count == 0
                ? WriteResult.AllStored
                : new WriteResult(WriteKind.Stored, a.Refused.Count > 0 ? a.Reason : b.Reason, null, [.. a.Refused, .. b.Refused]);
        }

        // The half that is stored is sent again with the other: a row sent again replaces itself.
        var keep = a.Kind == WriteKind.Keep ? a : b;
        var other = keep == a ? b : a;
        return other.Kind == WriteKind.Keep && !(keep.RetryAfter >= other.RetryAfter) ? other : keep;
    }

    private void Split(ReadOnlySpan<byte> lines)
    {
        Array.ForEach(_halves, half => half.ResetWrittenCount());
        for (int length; !lines.IsEmpty; lines = lines[length..])
        {
            length = Math.Min(LineProtocolLines.LengthOfFirst(lines) + 1, lines.Length);
            var series = lines[..LineProtocolLines.EndOfSeries(lines[..length])];
            _halves[Fingerprint.Of(series) & 1].Write(lines[..length]);
        }
    }
}
