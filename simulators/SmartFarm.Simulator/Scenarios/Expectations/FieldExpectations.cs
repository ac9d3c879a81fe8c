using SmartFarm.Domain.Quantities;

namespace SmartFarm.Simulator.Scenarios.Expectations;

/// <summary>Something of the field that must stay within bounds over a time, as it really is.</summary>
internal abstract class FieldExpectation(string says, string zone, TimeSpan from, TimeSpan to) : Expectation(says)
{
    private string? _otherwise;
    private bool _hasLooked;

    protected string Zone => zone;

    /// <inheritdoc/>
    internal sealed override void Look(in FieldMoment moment)
    {
        if (moment.Since < from || moment.Since > to)
        {
            return;
        }

        foreach (var truth in moment.Zones)
        {
            if (truth.Zone == zone)
            {
                _hasLooked = true;
                _otherwise ??= Otherwise(truth, moment.Since);
            }
        }
    }

    /// <inheritdoc/>
    internal sealed override Task<string?> JudgeAsync(WorkerApi worker, CancellationToken cancellationToken) =>
        Task.FromResult(_hasLooked ? _otherwise : $"nothing was seen of {zone} in that time");

    /// <summary>What is otherwise at a moment; null when it is as expected.</summary>
    protected abstract string? Otherwise(ZoneTruth truth, TimeSpan since);
}

/// <summary>Where an actuator really is.</summary>
internal sealed class PositionExpectation(string says, string zone, string actuator, Span position, TimeSpan from, TimeSpan to) : FieldExpectation(says, zone, from, to)
{
    /// <inheritdoc/>
    protected override string? Otherwise(ZoneTruth truth, TimeSpan since)
    {
        var found = truth.Positions.FirstOrDefault(p => p.Actuator.Id == actuator);
        return found.Actuator is null ? $"there is no {Zone}/{actuator}"
            : position.Has(found.Position) ? null
            : $"{actuator} was at {found.Position:0.##} after {since}, and {position} was expected";
    }
}

/// <summary>How long a switch is really on without a pause.</summary>
internal sealed class OnTimeExpectation(string says, string zone, string actuator, TimeSpan most) : FieldExpectation(says, zone, TimeSpan.Zero, TimeSpan.MaxValue)
{
    private TimeSpan? _since;

    /// <inheritdoc/>
    protected override string? Otherwise(ZoneTruth truth, TimeSpan since)
    {
        var found = truth.Positions.FirstOrDefault(p => p.Actuator.Id == actuator);
        _since = found.Actuator is null || found.Position < 0.5 ? null : _since ?? since;
        return found.Actuator is null ? $"there is no {Zone}/{actuator}"
            : since - _since > most ? $"{actuator} was on from {_since} to {since} at least, and {most} is the most"
            : null;
    }
}

/// <summary>What the climate of a house really is.</summary>
internal sealed class HouseExpectation(string says, string zone, Quantity quantity, Span value, TimeSpan from, TimeSpan to) : FieldExpectation(says, zone, from, to)
{
    /// <inheritdoc/>
    protected override string? Otherwise(ZoneTruth truth, TimeSpan since)
    {
        var found = World.Instruments.For(quantity)?.Read(truth.Scene) ?? double.NaN;
        return value.Has(found) ? null : $"{quantity.Name} was {found:0.##} after {since}, and {value} was expected";
    }
}
