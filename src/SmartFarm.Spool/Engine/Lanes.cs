using SmartFarm.Pipeline.Storage;

namespace SmartFarm.Spool.Engine;

/// <summary>
/// The order of sending. The backlog goes oldest first and its place is the durable one. Under <see cref="SpoolOrder.NewestFirst"/> a live lane
/// beside it begins at the end of the journal when the backlog lags, and anew when it lags itself; what it has sent is remembered, in memory
/// only, as stretches that the backlog passes over. Not thread-safe.
/// </summary>
internal sealed class Lanes(Journal journal, SpoolOrder order, SpoolPosition backlog)
{
    private const int MostSent = 64;

    // In the order of the journal, all behind the backlog; the last one is the live lane.
    private readonly List<(SpoolPosition Start, SpoolPosition End)> _sent = [];
    private bool _isLiveTurn;

    /// <summary>Everything before is in the database.</summary>
    public SpoolPosition Backlog { get; private set; } = backlog;

    /// <summary>Where to read next.</summary>
    public SpoolPosition Next => _isLiveTurn ? _sent[^1].End : Backlog;

    /// <summary>Where reading has to stop; null: nowhere.</summary>
    public SpoolPosition? Limit => _isLiveTurn || _sent.Count == 0 ? null : _sent[0].Start;

    /// <summary>Decides whose turn it is.</summary>
    public void Turn() => _isLiveTurn = !_isLiveTurn && _sent.Count > 0 && _sent[^1].End.IsBefore(journal.End);

    /// <summary>What was to be sent next is old: from here on new rows get a lane of their own. False: send it all the same.</summary>
    public bool Lag()
    {
        if (order == SpoolOrder.Strict || (_sent.Count > 0 && !_isLiveTurn))
        {
            return false;
        }

        var end = journal.End;
        if (_sent.Count > 0 && _sent[^1].Start == _sent[^1].End)
        {
            _sent.RemoveAt(_sent.Count - 1);
        }

        _sent.Add((end, end));
        if (_sent.Count > MostSent)
        {
            // The oldest stretch is forgotten and sent again: the same rows twice are one.
            _sent.RemoveAt(0);
        }

        return _isLiveTurn;
    }

    /// <summary>Goes on behind what was sent. What is no longer next has been passed before.</summary>
    public void Passed(SpoolPosition start, SpoolPosition end)
    {
        if (start == Backlog)
        {
            Backlog = end;
        }
        else if (_sent.Count > 0 && start == _sent[^1].End)
        {
            _sent[^1] = (_sent[^1].Start, end);
        }

        while (_sent.Count > 0 && !Backlog.IsBefore(_sent[0].Start))
        {
            Backlog = _sent[0].End;
            _sent.RemoveAt(0);
        }

        _isLiveTurn &= _sent.Count > 0;
    }
}
