using System.Text;
using SmartFarm.Configuration.Values;
using SmartFarm.Domain.Quantities;
using SmartFarm.Rules.Language;

namespace SmartFarm.Rules.Kinds.Irrigation;

/// <summary>Says in words what an irrigation does, and what keeps it from doing more.</summary>
internal sealed class IrrigationText(Occasions occasions, Dosing dosing, Safeguards safeguards)
{
    public void Write(StringBuilder text, scoped IrrigationMemory memory, ref Evaluation at)
    {
        if (memory.Running is { } began)
        {
            text.Append($"cycle {memory.DayCycles:0} of the day, because ").Append(Because(memory)).Append(", for ").Append(Duration(at.NowMs - began));
            return;
        }

        text.Append(memory.Ended is { } ended && memory.Ending != Ending.None ? $"last cycle {HowItEnded(memory)} {Duration(at.NowMs - ended)} ago" : "no cycle yet");
        foreach (var obstacle in Obstacles(memory, at.NowMs))
        {
            text.Append("; ").Append(obstacle);
        }

        Waits(text, memory, ref at);
        if (occasions.When is { } when)
        {
            text.Append("; cycles begin while ");
            when.Describe(text, ref at);
        }
    }

    private string Because(scoped IrrigationMemory memory) => memory.Occasion switch
    {
        Occasion.Dry => $"of {occasions.Moisture!.Dry}",
        Occasion.Light => $"{Term.Number(memory.LightWanted, SumUnits.JoulePerCm2)} of light had come",
        Occasion.Every => $"one comes every {Duration(occasions.EveryMs!.Value)}",
        _ => $"no rest is longer than {Duration(occasions.MaxRestMs!.Value)}",
    };

    private string HowItEnded(scoped IrrigationMemory memory) => memory.Ending switch
    {
        Ending.NoFlow => $"was broken off: less than {Term.Number(safeguards.MinFlow!.Value, Units.LitrePerMinute)} for {Duration(safeguards.ConfirmMs)},",
        Ending.Feed => $"was broken off: {string.Join(" or ", safeguards.Feed.Select(f => f.Value))} was out of its range for {Duration(safeguards.FeedForMs)},",
        Ending.TooSlow => $"gave only {Term.Number(memory.Given, SumUnits.LitrePerM2)} in {Duration(dosing.LongestMs)},",
        _ => $"ended{(memory.Given > 0 ? $" with {Term.Number(memory.Given, SumUnits.LitrePerM2)}" : "")}",
    };

    private List<string> Obstacles(scoped IrrigationMemory memory, long nowMs)
    {
        var obstacles = new List<string>();
        if (memory.Locked is { } locked && locked > nowMs)
        {
            obstacles.Add($"locked for {Duration(locked - nowMs)} more");
        }

        if (memory.Ended is { } ended && ended + occasions.MinRestMs > nowMs)
        {
            obstacles.Add($"rests for {Duration(ended + occasions.MinRestMs - nowMs)} more");
        }

        if (!new CycleStart(occasions, dosing, safeguards).HasRoom(memory))
        {
            obstacles.Add($"the day has had its {memory.DayCycles:0} cycles with {Term.Number(memory.DayLitres, SumUnits.LitrePerM2)}");
        }

        return obstacles;
    }

    private void Waits(StringBuilder text, scoped IrrigationMemory memory, ref Evaluation at)
    {
        if (occasions.Light is { } light)
        {
            text.Append("; light ").Append(Term.Number(memory.Light, null)).Append(" of ").Append(Term.Number(memory.LightWanted, SumUnits.JoulePerCm2)).Append(", ");
            light.Light.Describe(text, ref at);
        }

        if (occasions.Moisture is { } moisture)
        {
            text.Append("; ");
            moisture.Dry.Describe(text, ref at);
        }
    }

    private static string Duration(long ms) => Durations.Format(TimeSpan.FromMilliseconds(ms));
}
