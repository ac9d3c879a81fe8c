using SmartFarm.Configuration.Values;

namespace SmartFarm.Simulator.Faults;

/// <summary>A kind of fault: its name, whom it befalls, and what can be set. Immutable and thread-safe.</summary>
public sealed class FaultKind
{
    private readonly Func<FaultSettings, IFault> _create;

    internal FaultKind(string name, FaultPlace places, string meaning, Func<FaultSettings, IFault> create, params FaultParameter[] parameters)
    {
        (Name, Places, Meaning, Parameters, _create) = (name, places, meaning, parameters, create);
    }

    /// <summary>Its name in a scenario. The same name may stand for one kind at devices and another at controllers.</summary>
    public string Name { get; }

    /// <summary>Whom it can befall.</summary>
    public FaultPlace Places { get; }

    /// <summary>What happens, in a sentence.</summary>
    public string Meaning { get; }

    /// <summary>What can be set.</summary>
    public IReadOnlyList<FaultParameter> Parameters { get; }

    /// <summary>Makes the fault for one place: each sensor, actuator, node or house needs one of its own.</summary>
    /// <exception cref="SimulatorException">A parameter is unknown or cannot be read.</exception>
    internal IFault Create(FaultSpec spec, int seed)
    {
        if (Objection(spec) is { } objection)
        {
            throw new SimulatorException(objection);
        }

        var values = Parameters.ToDictionary(p => p.Name, p => spec.Parameters.GetValueOrDefault(p.Name, p.Default), StringComparer.Ordinal);
        return _create(new FaultSettings(this, values, spec.Window, seed));
    }

    /// <summary>What is wrong with the parameters of a fault of this kind, as a sentence; null when nothing is.</summary>
    public string? Objection(FaultSpec spec)
    {
        foreach (var (name, text) in spec.Parameters)
        {
            if (Parameters.FirstOrDefault(p => p.Name == name) is not { } parameter)
            {
                return $"The fault '{Name}' has no parameter '{name}'; {Suggestion.For(name, [.. Parameters.Select(p => p.Name)])}";
            }

            if (parameter.Check(text) is { } fault)
            {
                return $"'{name}' of the fault '{Name}' is '{text}'; {fault}.";
            }
        }

        return spec.Window.End <= spec.Window.Start ? $"The fault '{Name}' ends before it begins." : null;
    }
}
