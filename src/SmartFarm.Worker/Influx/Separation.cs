using SmartFarm.Influx;
using SmartFarm.Pipeline.Storage;

namespace SmartFarm.Worker.Influx;

/// <summary>
/// Finds the rows that InfluxDB refuses in a body that it did not take, by halving. That is right for versions that store the good
/// rows of such a body (1.x, 3.x) and for those that store none (2.x) alike, because a row sent again replaces itself.
/// </summary>
internal sealed class Separation(InfluxClient client, ReadOnlyMemory<byte> body)
{
    /// <summary>Most groups halved to tell bad rows from good ones, two requests each: enough for some thirty offenders among ten thousand rows.</summary>
    public const int MaxHalvings = 400;

    private readonly List<Range> _rows = LineProtocolLines.Split(body.Span);
    private readonly Stack<(int From, int To)> _open = [];
    private readonly List<RefusedLine> _refused = [];
    private int _halvings;
    private bool _isAboutRows;

    /// <summary>Goes on from the answer to the whole body.</summary>
    public async ValueTask<WriteResult> RunAsync(InfluxReply reply, CancellationToken cancellationToken)
    {
        Take(0, _rows.Count, reply);
        while (_open.TryPop(out var part))
        {
            var (from, to) = part;
            reply = await client.WriteAsync(body[_rows[from].Start.._rows[to - 1].End], cancellationToken);
            if (reply.Verdict is InfluxVerdict.TryLater or InfluxVerdict.NeedsMending)
            {
                return InfluxPointSink.Keep(client.Options, reply);
            }

            Take(from, to, reply);
        }

        // A database that takes not one row, for no reason known to be about rows, is set up wrongly: the rows are not to blame.
        return _refused.Count == _rows.Count && _refused.Count > 0 && !_isAboutRows
            ? new WriteResult(WriteKind.Keep, $"{client.Options} refuses every row: {_refused[0].Reason}. Check the SmartFarm:Influx settings.", null, [])
            : new WriteResult(WriteKind.Stored, _refused.Count == 0 ? "" : $"{client.Options} refused {_refused.Count} of {_rows.Count} rows.", null, _refused);
    }

    private void Take(int from, int to, InfluxReply reply)
    {
        if (reply.Verdict == InfluxVerdict.Stored)
        {
            return;
        }

        _isAboutRows |= reply.IsAboutRows || reply.Verdict == InfluxVerdict.TooLarge;
        if (to - from == 1)
        {
            Refuse(from, reply.Verdict == InfluxVerdict.TooLarge ? $"the row alone is larger than the database takes ({reply.Status})" : reply.Message);
        }
        else if (reply.Verdict == InfluxVerdict.BadRows && ++_halvings > MaxHalvings)
        {
            for (var row = from; row < to; row++)
            {
                Refuse(row, $"in a group of {to - from} rows of which some are refused, and too many were to be told apart: {reply.Message}");
            }
        }
        else
        {
            var middle = from + ((to - from) / 2);
            _open.Push((middle, to));
            _open.Push((from, middle));
        }
    }

    private void Refuse(int row, string reason) => _refused.Add(new RefusedLine(body[_rows[row]].ToArray(), reason));
}
