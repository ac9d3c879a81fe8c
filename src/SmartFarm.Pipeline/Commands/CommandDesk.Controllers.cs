using SmartFarm.Domain.Farms;
using SmartFarm.Pipeline.Automation;
using SmartFarm.Pipeline.Intake;

namespace SmartFarm.Pipeline.Commands;

/// <summary>What controllers say: answers, states, presence.</summary>
public sealed partial class CommandDesk
{
    private async ValueTask OnReplyAsync(DeskEvent.Replied e, CancellationToken cancellationToken)
    {
        var record = _dispatcher.Open(e.Reply.Id)?.Last ?? await _ledger.FindAsync(e.Reply.Id, cancellationToken);
        if (record is null || !_map.TryGetController(e.Site, e.ControllerAddress, out var sender) || record.Site != e.Site || record.Controller != sender.Controller.Id)
        {
            Log.StrangeReply(_log, e.ControllerAddress, e.Reply.Id);
            return;
        }

        if (e.Reply.Time is { } said)
        {
            sender.Clock.Judge(said.ToUnixTimeMilliseconds(), _dispatcher.Moment, out _);
        }

        // :: 11
        if (CommandLife.Next(record, e.Reply, _dispatcher.NowMs) is { } next)
        {
            await _dispatcher.MoveAsync(_actuators.GetValueOrDefault(ActuatorState.KeyOf(record.Site, record.Zone, record.Command.Actuator)), next, cancellationToken);
        }
    }

    private async ValueTask OnStateAsync(DeskEvent.Reported e, CancellationToken cancellationToken)
    {
        if (!_map.TryGetController(e.Site, e.ControllerAddress, out var sender))
        {
            Log.StrangeState(_log, e.ControllerAddress);
            return;
        }

        if (e.State.Time is { } said)
        {
            sender.Clock.Judge(said.ToUnixTimeMilliseconds(), _dispatcher.Moment, out _);
        }

        foreach (var actuator in ActuatorsOf(sender))
        {
            await OnSignOfLifeAsync(actuator, e.State.Boot, cancellationToken);
            (actuator.Mode, actuator.HeardAt) = (e.State.Mode, _dispatcher.Now);
            if (e.State.Positions.TryGetValue(actuator.Actuator.Id, out var position) && !actuator.CanBeAt(position))
            {
                Log.ImpossiblePosition(_log, e.ControllerAddress, actuator.Actuator.Id, position);
                (actuator.Reported, actuator.ReportedMs) = (null, null);
                Tell(actuator, null);
            }
            else if (e.State.Positions.ContainsKey(actuator.Actuator.Id))
            {
                if (actuator.Actuator.Kind == ActuatorKind.Switch && actuator.Reported is { } before && before >= 0.5 != position >= 0.5)
                {
                    actuator.Switched = _dispatcher.Now;
                }

                (actuator.Reported, actuator.ReportedMs) = (position, Math.Min(e.State.Time?.ToUnixTimeMilliseconds() ?? _dispatcher.NowMs, _dispatcher.NowMs));
                Tell(actuator, position);
            }

            await _dispatcher.ConsiderAsync(actuator, cancellationToken);
        }
    }

    /// <summary>
    /// A node that sleeps gets what is queued for it after it has spoken. A node that started anew has forgotten what it was doing, and stands in its safe
    /// state: what is wanted is asked for at once, without the pause after a failure.
    /// </summary>
    private async ValueTask OnSignOfLifeAsync(ActuatorState actuator, string? boot, CancellationToken cancellationToken)
    {
        if (actuator.Last is { } queued && CommandLife.Uplinked(queued) is { } sent)
        {
            await _dispatcher.MoveAsync(actuator, sent, cancellationToken);
        }

        var isAnew = boot is not null && actuator.Boot is not null && boot != actuator.Boot;
        actuator.Boot = boot ?? actuator.Boot;
        if (!isAnew)
        {
            return;
        }

        Log.StartedAnew(_log, actuator.Controller.Id, actuator.Actuator.Id);
        if (actuator.Last is { } record && CommandLife.Restarted(record, _dispatcher.NowMs) is { } next)
        {
            await _dispatcher.MoveAsync(actuator, next, cancellationToken);
        }

        (actuator.Attempts, actuator.RetryAt) = (0, TimeSpan.Zero);
    }

    /// <summary>What a node may have missed while it was away, or lost with its session, is handed over again as soon as it is back.</summary>
    private void OnPresence(DeskEvent.Presence e, CancellationToken cancellationToken)
    {
        if (!_map.TryGetController(e.Site, e.ControllerAddress, out var sender))
        {
            return;
        }

        foreach (var actuator in ActuatorsOf(sender))
        {
            actuator.IsOnline = e.IsOnline;
            if (e.IsOnline)
            {
                _dispatcher.Resend(actuator, cancellationToken);
            }

            _dispatcher.Refresh(actuator);
        }
    }

    private async ValueTask OnNoEffectAsync(DeskEvent.NoEffect e, CancellationToken cancellationToken)
    {
        if (_actuators.TryGetValue(ActuatorState.KeyOf(e.Site, e.Zone, e.Actuator), out var actuator)
            && actuator.Last is { } record
            && record.Command.Target == e.Target
            && CommandLife.WithoutEffect(record, e.Seen) is { } next)
        {
            await _dispatcher.MoveAsync(actuator, next, cancellationToken);
        }
    }

    private IEnumerable<ActuatorState> ActuatorsOf(ControllerEntry sender) => _actuators.Values.Where(a => ReferenceEquals(a.Controller, sender.Controller));

    private void Tell(ActuatorState actuator, double? position) =>
        _inbox.Post(new ZoneNote.Positioned(actuator.Zone.Site.Id, actuator.Zone.Id, actuator.Actuator.Id, position, _dispatcher.Moment.SteadyMs));
}
