using SmartFarm.Simulator.Faults.Nodes;

namespace SmartFarm.Simulator.Devices;

/// <summary>What has become of the supply of a node.</summary>
internal enum PowerChange
{
    /// <summary>Nothing.</summary>
    None,

    /// <summary>It has just failed.</summary>
    Lost,

    /// <summary>It has just come back: the node starts anew.</summary>
    Back,
}

/// <summary>Follows what a node has to live on. Not thread-safe.</summary>
internal sealed class NodeLife(IReadOnlyList<NodeFault> faults)
{
    /// <summary>As of the last <see cref="Advance"/>.</summary>
    public NodeCondition Condition { get; private set; } = new();

    /// <summary>Whether it runs and reaches the broker.</summary>
    public bool IsConnected => Condition is { HasPower: true, IsReachable: true };

    /// <summary>Lets time pass.</summary>
    public PowerChange Advance(DateTimeOffset now)
    {
        var had = Condition.HasPower;
        Condition = faults.Count == 0 ? Condition : NodeFault.At(faults, now);
        return Condition.HasPower == had ? PowerChange.None : had ? PowerChange.Lost : PowerChange.Back;
    }
}
