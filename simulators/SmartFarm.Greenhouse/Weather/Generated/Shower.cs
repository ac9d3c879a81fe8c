namespace SmartFarm.Greenhouse.Weather.Generated;

/// <summary>Rain or snow of one day: it swells and ebbs as a squared sine, whose integral is the amount.</summary>
/// <param name="AmountMm">Water of the whole shower, mm.</param>
/// <param name="StartHour">Solar hour it begins.</param>
/// <param name="Hours">How long it takes; it ends before midnight.</param>
internal sealed record Shower(double AmountMm, double StartHour, double Hours)
{
    /// <summary>Hours over which the sky closes before it, and opens after it.</summary>
    private const double Gathering = 2;

    /// <summary>mm/h at a solar hour.</summary>
    public double Rate(double hour)
    {
        var share = (hour - StartHour) / Hours;
        if (share is <= 0 or >= 1)
        {
            return 0;
        }

        var sine = Math.Sin(Math.PI * share);
        return 2 * AmountMm / Hours * sine * sine;
    }

    /// <summary>How far the sky has closed for it, 0 to 1.</summary>
    public double Closing(double hour) => Math.Clamp(1 + (Math.Min(hour - StartHour, StartHour + Hours - hour) / Gathering), 0, 1);
}
