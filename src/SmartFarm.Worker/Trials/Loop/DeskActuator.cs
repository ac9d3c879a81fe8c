using SmartFarm.Domain.Commands;
using SmartFarm.Domain.Farms;
using SmartFarm.Pipeline.Commands;
using SmartFarm.Rules.Engine;

namespace SmartFarm.Worker.Trials.Loop;

/// <summary>What the desk of a loop knows of one actuator.</summary>
internal sealed class DeskActuator(string controller, Actuator actuator)
{
    public string Controller => controller;

    public Actuator Actuator => actuator;

    public Decision? Wanted { get; set; }

    public Command? Last { get; set; }

    public CommandStage Stage { get; set; }

    public bool IsOpen => Last is not null && Stage is CommandStage.Published or CommandStage.Accepted or CommandStage.Running;

    public double? Reported { get; set; }

    public ControlMode? Mode { get; set; }

    public DateTimeOffset? Switched { get; set; }

    public DateTimeOffset? SwitchedBefore { get; set; }

    public int Attempts { get; set; }

    public DateTimeOffset RetryAt { get; set; }

    /// <summary>What is taken for its position: where a command under way goes, or the report, or where the last one got; null: not known.</summary>
    public double? Position => IsOpen ? Last!.Target : Reported ?? (Stage == CommandStage.Succeeded ? Last?.Target : null);

    /// <summary>Below this a difference is no difference.</summary>
    public double Tolerance => actuator.Kind == ActuatorKind.Switch ? 0.5 : Math.Max(actuator.MinMove, 1e-3 * (actuator.Max - actuator.Min));

    public bool IsAt(double target) => Reported is { } reported && Math.Abs(reported - target) <= Tolerance;
}
