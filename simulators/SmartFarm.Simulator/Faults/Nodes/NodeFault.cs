namespace SmartFarm.Simulator.Faults.Nodes;

/// <summary>What a node has to live on at one moment.</summary>
internal record struct NodeCondition()
{
    /// <summary>Whether it runs. When it comes back it starts anew: numbers from 1, nothing remembered.</summary>
    public bool HasPower { get; set; } = true;

    /// <summary>Whether it reaches the broker.</summary>
    public bool IsReachable { get; set; } = true;

    /// <summary>Messages kept while it does not reach the broker; past this the oldest are lost.</summary>
    public int Keep { get; set; }

    /// <summary>How many kept messages a second it sends afterwards.</summary>
    public double FlushPerSecond { get; set; }

    /// <summary>What its clock shows less the true time.</summary>
    public TimeSpan ClockError { get; set; }

    /// <summary>Whether its key is turned away from the backend; controllers only. Null: nobody touches it.</summary>
    public Domain.Commands.ControlMode? Key { get; set; }
}

/// <summary>A fault of a whole node.</summary>
internal abstract class NodeFault(FaultSettings settings) : Fault(settings)
{
    /// <summary>Worsens the condition. Called at any moment of the window, in order of time.</summary>
    public abstract void Apply(ref NodeCondition condition, DateTimeOffset now);

    /// <summary>The condition at a moment under all faults that are there.</summary>
    public static NodeCondition At(IReadOnlyList<NodeFault> faults, DateTimeOffset now)
    {
        var condition = new NodeCondition();
        foreach (var fault in faults)
        {
            if (fault.Window.IsOpen(now))
            {
                fault.Apply(ref condition, now);
            }
        }

        return condition;
    }
}
