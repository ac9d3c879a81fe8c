using SmartFarm.Greenhouse.Weather.Chances;

namespace SmartFarm.Greenhouse.Weather.Forecasts;

/// <summary>
/// How well an element can be foreseen. A forecast knows the coming deviation x from what is usual, counted in standard deviations, as if through an ever clearer
/// glass: its mean is ρ²x + ρ√(1−ρ²)z with an error z of its own, and what is left is spread by √(1−ρ²). That is the best estimate there is for
/// a normal x of which one noisy look is had: no bias, the truth lies in any interval as often as the interval says, and far ahead it becomes the climate.
/// </summary>
/// <param name="seed">Same seed, same errors.</param>
/// <param name="element">Name of the element.</param>
/// <param name="days">Lead at which the correlation ρ with the truth has fallen to a half.</param>
internal sealed class Skill(long seed, string element, double days)
{
    /// <summary>With 10 days: errors of 0.2, 0.46 and 0.77 standard deviations after 1, 3 and 7 days, as of good forecasts of temperature.</summary>
    private const double Decay = 1.7;

    private static readonly TimeSpan ErrorLength = TimeSpan.FromHours(12);
    private readonly Chance _errors = new(seed, element);

    /// <summary>Mean and spread, in standard deviations of the climate.</summary>
    public (double Centre, double Spread) Foresee(double deviation, DateTimeOffset valid, TimeSpan lead)
    {
        var correlation = 1 / (1 + Math.Pow(lead.TotalDays / days, Decay));
        var rest = Math.Sqrt(1 - (correlation * correlation));
        return (correlation * ((correlation * deviation) + (rest * Error(valid, lead))), rest);
    }

    /// <summary>A course that a member takes, in spreads.</summary>
    public double Course(DateTimeOffset valid, int member)
    {
        var (knot, weight) = Knot(valid.UtcTicks / (double)ErrorLength.Ticks);
        return Blend(_errors.Normal(MemberKey(knot, member)), _errors.Normal(MemberKey(knot + 1, member)), weight);
    }

    /// <summary>The error of the mean: it changes from one time to the next, and slowly from one forecast to the next for the same time.</summary>
    private double Error(DateTimeOffset valid, TimeSpan lead)
    {
        var (time, timeWeight) = Knot(valid.UtcTicks / (double)ErrorLength.Ticks);
        var (age, ageWeight) = Knot(2 * Math.Log2(lead.TotalHours + 1));
        return Blend(
            Blend(_errors.Normal(AgeKey(time, age)), _errors.Normal(AgeKey(time + 1, age)), timeWeight),
            Blend(_errors.Normal(AgeKey(time, age + 1)), _errors.Normal(AgeKey(time + 1, age + 1)), timeWeight),
            ageWeight);
    }

    /// <summary>Keys of the errors are even, those of the members odd.</summary>
    private static long AgeKey(long time, long age) => ((time << 20) + age) << 1;

    private static long MemberKey(long time, int member) => (((time << 20) + member) << 1) + 1;

    private static (long Knot, double Weight) Knot(double position) => ((long)Math.Floor(position), position - Math.Floor(position));

    /// <summary>Between two normal values, normal with the same deviation.</summary>
    private static double Blend(double a, double b, double weight) => double.Lerp(a, b, weight) / Math.Sqrt((weight * weight) + ((1 - weight) * (1 - weight)));
}
