using System.Buffers;
using SmartFarm.Influx;
using SmartFarm.Pipeline.Storage;

namespace SmartFarm.Worker.Influx;

/// <summary>
/// Finds the rows that InfluxDB refuses in a body that it did not take, by halving, and of such a row the field. That is right for versions
/// that store the good rows of a body (1.x, 3.x) and for those that store none (2.x) alike, because a row sent again replaces itself; no
/// count that a database gives is relied on. An outage leaves it where it is, to go on from there. One caller at a time.
/// </summary>
internal sealed class Separation
{
    /// <summary>Most groups halved where the database stores the good rows of a group: what remains is refused in groups, and nothing is missing.</summary>
    public const int MaxHalvings = 400;

    private readonly InfluxDealings _dealings;
    private readonly List<RowGroup> _open;
    private readonly List<RefusedLine> _refused = [];
    private readonly ArrayBufferWriter<byte> _body = new();
    private ReadOnlyMemory<byte> _lines;
    private InfluxReply? _first;
    private int _rows;
    private int _halvings;
    private bool _isStubborn;

    /// <summary>Begins with a body and, when it was sent already, the answer to it.</summary>
    public Separation(InfluxDealings dealings, ReadOnlyMemory<byte> lines, InfluxReply? first)
    {
        (_dealings, _lines, _first) = (dealings, lines.ToArray(), first);
        // The answer is about the whole body, so that comes first as it is.
        _open = first is null ? SuspectRows.Set(RowsOf(_lines), dealings.Suspects) : [new RowGroup(RowsOf(_lines))];
        HasProgress = false;
    }

    /// <summary>Whether something is left to do, and something was found out that a new beginning would have to find out again.</summary>
    public bool HasProgress { get => field && _open.Count > 0; private set; }

    /// <summary>Whether these lines begin with those of the separation; what is behind them is then taken in.</summary>
    public bool TryExtend(ReadOnlyMemory<byte> lines)
    {
        if (!lines.Span.StartsWith(_lines.Span))
        {
            return false;
        }

        if (lines.Length > _lines.Length)
        {
            _open.InsertRange(0, SuspectRows.Set(RowsOf(lines[_lines.Length..].ToArray()), _dealings.Suspects));
            _lines = lines.ToArray();
        }

        return true;
    }

    /// <summary>Goes on until every row is stored or refused, or the database is not to be asked further now.</summary>
    public async ValueTask<WriteResult> RunAsync(CancellationToken cancellationToken)
    {
        while (_open.Count > 0)
        {
            var group = _open[^1];
            if (!group.IsSingle && group.Bytes > _dealings.Limit.Bytes && _first is null)
            {
                Halve(group);
                continue;
            }

            var reply = _first ?? await SendAsync(group, cancellationToken);
            _first = null;
            if (!await SettleAsync(group, reply, cancellationToken))
            {
                return InfluxPointSink.Keep(_dealings.Client.Options, reply);
            }
        }

        return _refused.Count == 0
            ? WriteResult.AllStored
            : new WriteResult(WriteKind.Stored, $"{_dealings.Client.Options} refused {_refused.Count} of {_rows} rows.", null, _refused);
    }

    private ArraySegment<ReadOnlyMemory<byte>> RowsOf(ReadOnlyMemory<byte> lines)
    {
        ReadOnlyMemory<byte>[] rows = [.. LineProtocolLines.Split(lines.Span).Select(row => lines[row])];
        _rows += rows.Length;
        return rows;
    }

    private async ValueTask<InfluxReply> SendAsync(RowGroup group, CancellationToken cancellationToken)
    {
        _body.ResetWrittenCount();
        group.WriteTo(_body);
        return await _dealings.Client.WriteAsync(_body.WrittenMemory, cancellationToken);
    }

    /// <summary>False when nothing more can be done now.</summary>
    private async ValueTask<bool> SettleAsync(RowGroup group, InfluxReply reply, CancellationToken cancellationToken)
    {
        switch (reply.Verdict)
        {
            case InfluxVerdict.Stored:
                _dealings.Patience.Forget(group.First);
                Close();
                return true;
            case InfluxVerdict.TooLarge when group.IsSingle:
                Refuse(group, $"the row alone is larger than the database takes ({reply.Status})");
                return true;
            case InfluxVerdict.TooLarge:
                _dealings.Limit.TooLarge(group.Bytes);
                Halve(group);
                return true;
            case InfluxVerdict.BadRows:
                return await SettleBadAsync(group, reply, cancellationToken);
            default:
                return await SettleFailureAsync(group, reply, cancellationToken);
        }
    }

    private async ValueTask<bool> SettleBadAsync(RowGroup group, InfluxReply reply, CancellationToken cancellationToken)
    {
        if (group.IsSingle)
        {
            var row = LineProtocolRow.Read(group.Rows[0]);
            if (reply.IsTypeConflict && row.Fields.Count > 1)
            {
                Replace(new RowGroup(row.Fields.Select(field => (ReadOnlyMemory<byte>)row.With([field])).ToArray()));
                return true;
            }

            // A database that takes not one row, for no reason known to be about rows, is set up wrongly: the rows are not to blame.
            if (!reply.IsAboutRows && !await _dealings.TakesAnotherRowAsync(cancellationToken))
            {
                return false;
            }

            if (reply.IsTypeConflict && row.Fields.Count == 1)
            {
                _dealings.Suspects.Add(SuspectFields.KeyOf(row.Measurement, LineProtocolRow.KeyOf(row.Fields[0].Span)));
            }

            Refuse(group, reply.Message);
        }
        else if (group.IsSuspect && reply is { IsTypeConflict: true, IsPartial: true })
        {
            Refuse(group, reply.Message);
        }
        else if (reply.IsPartial && ++_halvings > MaxHalvings)
        {
            Refuse(group, $"in a group of {group.Rows.Count} rows of which some are refused, and too many were to be told apart; those that are not are stored: {reply.Message}");
        }
        else if (reply.BadRows is { } named && named.All(row => row < group.Rows.Count))
        {
            var isNamed = named.ToHashSet();
            Replace([
                .. named.Distinct().Select(row => group with { Rows = group.Rows.Slice(row, 1) }),
                .. Some(group.Rows.Where((_, row) => !isNamed.Contains(row)).ToArray())]);
        }
        else
        {
            Halve(group);
        }

        return true;
    }

    /// <summary>
    /// A failure that is not about rows ends the attempt, unless the same rows have met it again and again while the database takes others:
    /// then one of them is what it cannot bear, and must not hold up all that comes behind it for ever.
    /// </summary>
    private async ValueTask<bool> SettleFailureAsync(RowGroup group, InfluxReply reply, CancellationToken cancellationToken)
    {
        if (reply.IsTimeout)
        {
            _dealings.Limit.TooSlow(group.Bytes);
        }

        var isOver = _dealings.Patience.IsOver(group.First, reply.Status);
        _isStubborn |= isOver;
        if (reply.IsOverload || !_isStubborn || !await _dealings.TakesAnotherRowAsync(cancellationToken))
        {
            return false;
        }

        if (group.IsSingle)
        {
            Refuse(group, $"not taken in {Patience.Times} attempts over {Patience.Duration.TotalMinutes:0} minutes, while the database took another row: {InfluxAdvice.For(_dealings.Client.Options, reply)}");
        }
        else
        {
            Halve(group);
        }

        return true;
    }

    private void Close()
    {
        _open.RemoveAt(_open.Count - 1);
        HasProgress = true;
    }

    private void Halve(RowGroup group) => Replace(group.SecondHalf, group.FirstHalf);

    /// <summary>The last is the next to be sent.</summary>
    private void Replace(params ReadOnlySpan<RowGroup> parts)
    {
        Close();
        _open.AddRange(parts);
    }

    private static IEnumerable<RowGroup> Some(ReadOnlyMemory<byte>[] rows) => rows.Length > 0 ? [new RowGroup(rows)] : [];

    private void Refuse(RowGroup group, string reason)
    {
        Close();
        foreach (var row in group.Rows)
        {
            _refused.Add(new RefusedLine(row, reason));
        }
    }
}
