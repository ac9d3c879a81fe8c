using SmartFarm.Domain.Quantities;
using SmartFarm.Pipeline.Clocks;
using SmartFarm.Pipeline.Intake;
using SmartFarm.Pipeline.State;
using SmartFarm.Pipeline.Storage;
using SmartFarm.Rules;

namespace SmartFarm.Pipeline.Automation.Targets;

/// <summary>
/// Stores where the rules in charge of a zone want its climate, in rows of its series of their own. It looks every ten seconds: what is news is written then,
/// and all that is known at least every minute. What is not known is left out. Only the loop of the rules calls it; <see cref="Picture"/> may be read by anyone.
/// </summary>
internal sealed class TargetWriter(StoreRunner store, Series series)
{
    private const long LookMs = 10_000;
    private const long AllMs = 60_000;
    private readonly ClimateValue[] _values = new ClimateValue[Quantities.All.Count];
    private ZoneRules? _rules;
    private ZoneTargets _targets = null!;
    private long _lookedMs;
    private long _writtenMs;
    private ZonePicture? _picture;

    /// <summary>How the zone stood to its rules at the last look; null before the first.</summary>
    public ZonePicture? Picture => Volatile.Read(ref _picture);

    /// <summary>Looks, when it is time.</summary>
    public void Look(ZoneRunner runner, ZoneState? zone, Moment now)
    {
        var isNew = !ReferenceEquals(runner.Rules, _rules);
        if (!isNew && now.SteadyMs - _lookedMs < LookMs)
        {
            return;
        }

        if (isNew)
        {
            (_rules, _targets, _writtenMs) = (runner.Rules, new ZoneTargets(runner.Rules), long.MinValue / 2);
        }

        _lookedMs = now.SteadyMs;
        Volatile.Write(ref _picture, _targets.Look(runner.State, zone, _values, now.SteadyMs));
        var isAll = now.SteadyMs - _writtenMs >= AllMs;
        if (now.WallMs >= ClockCheck.EarliestMs && HasNews(isAll))
        {
            _writtenMs = isAll ? now.SteadyMs : _writtenMs;
            store.AddOwn((this, isAll, now.WallMs), static (batch, x) => x.Item1.Write(batch, x.isAll, x.WallMs));
        }
    }

    private bool HasNews(bool isAll)
    {
        foreach (var field in _targets.Fields)
        {
            if (isAll ? field.IsKnown : field.IsNews)
            {
                return true;
            }
        }

        return false;
    }

    private void Write(StoreBatch batch, bool isAll, long wallMs)
    {
        foreach (var field in _targets.Fields)
        {
            if (isAll ? field.IsKnown : field.IsNews)
            {
                batch.Add(Point.Of(series, field.Name, field.Value, wallMs));
                field.NoteWritten();
            }
        }
    }
}
