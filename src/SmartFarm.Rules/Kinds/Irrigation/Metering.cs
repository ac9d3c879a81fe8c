using SmartFarm.Rules.Language;

namespace SmartFarm.Rules.Kinds.Irrigation;

/// <summary>Adds up light and water since the last look. 1 W/m² for 1 s is 1e-4 J/cm²; 1 mm is 1 L/m².</summary>
internal static class Metering
{
    private const double JoulePerCm2 = 1e-4;
    private const double MsPerMinute = 60_000;
    private const double MsPerHour = 3_600_000;

    public static void Count(scoped IrrigationMemory memory, Dosing dosing, Term? light, ref Evaluation at)
    {
        var ms = at.NowMs - (memory.Counted ?? at.NowMs);
        memory.Counted = at.NowMs;
        if (memory.LightNow > 0)
        {
            memory.Light += memory.LightNow * ms / 1000 * JoulePerCm2;
        }

        if (memory.Running is not null && LitresPerMs(memory, dosing, at.Calendar.Place.AreaM2) is > 0 and var litresPerMs)
        {
            memory.Given += litresPerMs * ms;
            memory.DayLitres += litresPerMs * ms;
        }

        memory.LightNow = light?.Evaluate(ref at) ?? double.NaN;
        memory.FlowNow = dosing.Flow?.Evaluate(ref at) ?? double.NaN;
        NewDay(memory, ref at);
    }

    /// <summary>Water that is being given, L/m² per ms: as measured, or else as the drippers give; 0 when neither is known.</summary>
    public static double LitresPerMs(scoped IrrigationMemory memory, Dosing dosing, double? areaM2) =>
        dosing.Flow is not null && areaM2 is > 0 and var area ? Known(memory.FlowNow) / area / MsPerMinute
        : dosing.RateMm is { } rate ? rate / MsPerHour
        : 0;

    /// <summary>When the sum of light will be full if it stays as bright; null when it never will.</summary>
    public static long? LightFullMs(scoped IrrigationMemory memory, double sum, long nowMs) => memory.LightNow > 0
        ? nowMs + WholeMs.Of((sum - memory.Light) / (memory.LightNow * JoulePerCm2) * 1000)
        : null;

    private static double Known(double flow) => double.IsNaN(flow) ? 0 : flow;

    private static void NewDay(scoped IrrigationMemory memory, ref Evaluation at)
    {
        at.DueAtWall(at.Calendar.NextMidnight(at.WallMs));
        var midnight = at.Calendar.Midnight(at.WallMs);
        if (memory.Day != midnight)
        {
            (memory.Day, memory.DayLitres, memory.DayCycles) = (midnight, 0, 0);
        }
    }
}
