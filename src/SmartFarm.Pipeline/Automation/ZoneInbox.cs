using System.Diagnostics.CodeAnalysis;
using SmartFarm.Pipeline.State;

namespace SmartFarm.Pipeline.Automation;

/// <summary>
/// What people and controllers tell the rules, until these take it: people first, each in order. Of an actuator only the newest position and the newest
/// acknowledgement wait, so that controllers never fill it; people are refused when a hundred of them wait. Thread-safe.
/// </summary>
public sealed class ZoneInbox(ZoneSignal changed)
{
    private const int MostPeople = 100;
    private readonly Lock _lock = new();
    private readonly Queue<(ZoneNote Note, TaskCompletionSource Taken)> _people = new();
    private readonly Dictionary<(string Site, string Zone, string Actuator, bool IsPosition), ZoneNote> _newest = [];
    private readonly Queue<(string Site, string Zone, string Actuator, bool IsPosition)> _order = new();

    /// <summary>A person's word. Completes when the rules have followed it and that is on disk.</summary>
    /// <exception cref="InvalidOperationException">The rules have not taken the last hundred words of people.</exception>
    public async Task AskAsync(ZoneNote note, CancellationToken cancellationToken)
    {
        var taken = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        lock (_lock)
        {
            if (_people.Count >= MostPeople)
            {
                throw new InvalidOperationException("The rules are not taking what people say: look at the worker's log, and try again.");
            }

            _people.Enqueue((note, taken));
        }

        changed.Set();
        await taken.Task.WaitAsync(cancellationToken);
    }

    /// <summary>A controller's word.</summary>
    public void Post(ZoneNote.Positioned note) => Post((note.Site, note.Zone, note.Actuator, true), note);

    /// <summary>A controller's word.</summary>
    public void Post(ZoneNote.Acknowledged note) => Post((note.Site, note.Zone, note.Actuator, false), note);

    /// <summary>Takes the next.</summary>
    /// <param name="note">What was said.</param>
    /// <param name="taken">To be completed when it has been followed and that is on disk; null when nobody waits for that.</param>
    public bool TryTake([MaybeNullWhen(false)] out ZoneNote note, out TaskCompletionSource? taken)
    {
        lock (_lock)
        {
            if (_people.TryDequeue(out var person))
            {
                (note, taken) = person;
                return true;
            }

            taken = null;
            if (_order.TryDequeue(out var key))
            {
                return _newest.Remove(key, out note);
            }

            note = null;
            return false;
        }
    }

    private void Post((string Site, string Zone, string Actuator, bool IsPosition) key, ZoneNote note)
    {
        lock (_lock)
        {
            if (!_newest.ContainsKey(key))
            {
                _order.Enqueue(key);
            }

            _newest[key] = note;
        }

        changed.Set();
    }
}
