using SmartFarm.Domain.Quantities;
using SmartFarm.Rules.Engine;
using SmartFarm.Rules.Language.Terms;

namespace SmartFarm.Rules.Language;

/// <summary>Names that an expression of a rule may use.</summary>
internal interface INames
{
    /// <summary>The unit of a set point of the zones of the rule; false when there is none of that name.</summary>
    bool TryGetSetPoint(string name, out Unit? unit);

    /// <summary>The unit of an actuator of the zones of the rule (null for a switch); false when there is none of that name.</summary>
    bool TryGetActuator(string name, out Unit? unit);

    /// <summary>Whether the site of every zone of the rule says where it is.</summary>
    bool HasPlace { get; }

    /// <summary>Stages of the crops of the zones of the rule.</summary>
    IReadOnlyCollection<string> Stages { get; }

    /// <summary>Every name that may stand for a number, for suggestions.</summary>
    IReadOnlyList<string> Known { get; }
}

/// <summary>What is numbered while the expressions of one rule are parsed: signals, timers, windows. Not thread-safe.</summary>
internal sealed class ParseScope(INames names)
{
    private readonly List<(Signal Signal, Quantity? Quantity)> _signals = [];
    private readonly List<Window> _windows = [];

    public INames Names => names;

    /// <summary>Is told of every signal that is named.</summary>
    public Action<SignalTerm> Mentioned { get; set; } = _ => { };

    /// <summary>Number of timers.</summary>
    public int Timers { get; private set; }

    /// <summary>Signals by slot.</summary>
    public IReadOnlyList<Signal> Signals => [.. _signals.Select(s => s.Signal)];

    /// <summary>Windows by index.</summary>
    public IReadOnlyList<Window> Windows => _windows;

    public int NextTimer() => Timers++;

    public int NextWindow => _windows.Count;

    public Window Add(Window window)
    {
        _windows.Add(window);
        return window;
    }

    public SignalTerm Use(Signal signal, Quantity? quantity, int offset)
    {
        var slot = _signals.FindIndex(s => s.Signal == signal);
        if (slot < 0)
        {
            slot = _signals.Count;
            _signals.Add((signal, quantity));
        }

        var term = new SignalTerm(signal, quantity, slot, offset);
        Mentioned(term);
        return term;
    }
}
