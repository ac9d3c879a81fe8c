namespace SmartFarm.Simulator;

/// <summary>Something outside is not as it must be; the message is one sentence that says what, where, and what to do.</summary>
public sealed class SimulatorException(string message) : Exception(message);
