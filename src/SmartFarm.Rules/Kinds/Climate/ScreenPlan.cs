using SmartFarm.Rules.Engine;

namespace SmartFarm.Rules.Kinds.Climate;

/// <summary>A reason to draw the screen.</summary>
/// <param name="Latching">From when until when.</param>
/// <param name="Closed">How far it is drawn, in the unit of the actuator.</param>
internal sealed record ScreenLevel(Latching Latching, double Closed)
{
    public override string ToString() => FormattableString.Invariant($"{Latching} {Closed:R}");
}

/// <summary>A gap that lets humidity or heat out of a drawn screen, in steps.</summary>
/// <param name="Latching">From when until when it is wanted.</param>
/// <param name="Step">One step, in the unit of the actuator.</param>
/// <param name="Most">The widest gap.</param>
/// <param name="EachMs">Time between two steps, either way.</param>
internal sealed record ScreenGap(Latching Latching, double Step, double Most, long EachMs)
{
    public override string ToString() => FormattableString.Invariant($"{Latching} {Step:R} {Most:R} {EachMs}");
}

/// <summary>How a screen is opened, so that the cold air above it does not fall on the crop at once.</summary>
/// <param name="Step">One step.</param>
/// <param name="UpTo">The gap from which on it opens all the way.</param>
/// <param name="EachMs">Time between two steps.</param>
internal sealed record ScreenOpening(double Step, double UpTo, long EachMs)
{
    public override string ToString() => FormattableString.Invariant($"{Step:R} {UpTo:R} {EachMs}");
}

/// <summary>What a screen goes by.</summary>
/// <param name="Levels">Reasons to draw it; the farthest counts.</param>
/// <param name="Gap">The gap while it is drawn; null for none.</param>
/// <param name="Opening">How it opens; null: at once.</param>
internal sealed record ScreenPlan(IReadOnlyList<ScreenLevel> Levels, ScreenGap? Gap, ScreenOpening? Opening)
{
    /// <summary>Remembered: steps of the gap.</summary>
    public const int Steps = 0;

    /// <summary>Remembered: when the gap was stepped last.</summary>
    public const int Stepped = 1;

    /// <summary>Remembered: whether the gap is wanted.</summary>
    public const int GapLatch = 2;

    /// <summary>Remembered: when the opening was stepped last.</summary>
    public const int Opened = 3;

    /// <summary>Remembered: whether each level holds, one number each.</summary>
    public const int FirstLevel = 4;
}
