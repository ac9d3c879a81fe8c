using SmartFarm.Domain.Quantities;

namespace SmartFarm.Simulator.Faults;

/// <summary>What a fault is made from: checked parameters, its window and its chance.</summary>
internal sealed class FaultSettings(FaultKind kind, IReadOnlyDictionary<string, string> values, FaultWindow window, int seed)
{
    public FaultKind Kind => kind;

    public FaultWindow Window => window;

    /// <summary>Chance of this fault alone, so that it does not change what a healthy sensor would have drawn.</summary>
    public Random Random { get; } = new(seed);

    public double Number(string name) => FaultParameter.TryNumber(values[name], out var value) ? value : double.NaN;

    public TimeSpan Duration(string name) => FaultParameter.TryDuration(values[name], out var value) ? value : default;

    public DateTimeOffset? Moment(string name) => FaultParameter.TryMoment(values[name], out var value) ? value : null;

    public Unit Unit(string name) => Units.TryGet(values[name], out var unit) ? unit : throw new KeyNotFoundException(name);

    public string Word(string name) => values[name];
}
