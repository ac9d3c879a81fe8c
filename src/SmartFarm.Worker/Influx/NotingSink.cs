using System.Text;
using SmartFarm.Domain.Text;
using SmartFarm.Influx;
using SmartFarm.Pipeline.Rollup;
using SmartFarm.Pipeline.Storage;

namespace SmartFarm.Worker.Influx;

/// <summary>
/// Notes which windows have to be summed up anew, when the database has the rows and before the caller hears of it: so no note comes
/// before its rows, and none is missing after a kill, since the rows are then sent again. Thread-safe where the inner sink is.
/// </summary>
public sealed class NotingSink(IPointSink inner, IRollupNotes notes) : IPointSink
{
    private static readonly byte[][] Measurements = [.. RollupLevel.Measurements.Select(name => Encoding.UTF8.GetBytes(name + ','))];

    /// <inheritdoc/>
    public async ValueTask<WriteResult> WriteAsync(ReadOnlyMemory<byte> lines, CancellationToken cancellationToken)
    {
        // The rows are looked through while the database takes them.
        var writing = inner.WriteAsync(lines, cancellationToken).AsTask();
        List<RollupNote> windows;
        WriteResult result;
        try
        {
            windows = Windows(lines.Span);
        }
        finally
        {
            result = await writing;
        }

        if (result.Kind != WriteKind.Stored)
        {
            return result;
        }

        try
        {
            await notes.NoteAsync(windows, cancellationToken);
            return result;
        }
        catch (Exception e) when (e is not OperationCanceledException)
        {
            return new WriteResult(WriteKind.Keep, $"The database has the rows, but what to sum up could not be noted: {e.Message}", null, []);
        }
    }

    private static bool IsRolledUp(ReadOnlySpan<byte> line)
    {
        foreach (var measurement in Measurements)
        {
            if (line.StartsWith(measurement))
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>Each series and window once. Remembers nothing from one body to the next: a window noted before may have been made since.</summary>
    private static List<RollupNote> Windows(ReadOnlySpan<byte> lines)
    {
        var found = new List<RollupNote>();
        var lastWindow = new Dictionary<ulong, long>();
        for (int length; !lines.IsEmpty; lines = lines[Math.Min(length + 1, lines.Length)..])
        {
            length = LineProtocolLines.LengthOfFirst(lines);
            var line = lines[..length];
            if (!IsRolledUp(line) || !long.TryParse(line[(line.LastIndexOf((byte)' ') + 1)..], out var time))
            {
                continue;
            }

            var series = line[..LineProtocolLines.EndOfSeries(line)];
            var (key, window) = (Fingerprint.Of(series), RollupLevel.Minute.StartOf(time));
            if (!lastWindow.TryGetValue(key, out var last) || last != window)
            {
                lastWindow[key] = window;
                found.Add(new RollupNote(Encoding.UTF8.GetString(series), window));
            }
        }

        return found;
    }
}
