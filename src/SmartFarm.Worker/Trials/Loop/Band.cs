using SmartFarm.Domain.Quantities;

namespace SmartFarm.Worker.Trials.Loop;

/// <summary>Between what a quantity is to be kept, in its canonical unit.</summary>
/// <param name="Quantity">What.</param>
/// <param name="Day">Least and most while the sun is up.</param>
/// <param name="Night">Least and most while it is not.</param>
internal sealed record Band(Quantity Quantity, (double Low, double High) Day, (double Low, double High) Night)
{
    /// <summary>
    /// What a crop wants. Temperature: set points and limits of practice (growth of tomato and pepper stops above 34 °C and chilling harms below 10 °C; the band is what growers
    /// steer for); VPD: watervaporpressure.com and seedmaxtech.com by crop, widened by 0.4 kPa to both sides: a target is steered for, a band is kept.
    /// </summary>
    public static IReadOnlyList<Band> Of(string? crop)
    {
        var (day, night, vpd) = crop switch
        {
            "cucumber" => ((20.0, 30.0), (17.0, 23.0), (0.2, 1.4)),
            "pepper" => ((19, 28), (16, 22), (0.4, 1.6)),
            "lettuce" => ((14, 24), (8, 18), (0.2, 1.2)),
            "strawberry" => ((14, 26), (7, 16), (0.2, 1.2)),
            "seedlings" => ((18, 28), (16, 22), (0.2, 1.2)),
            _ => ((18, 28), (14, 22), (0.4, 1.6)),
        };
        return [new Band(Quantities.AirTemperature, day, night), new Band(Quantities.Vpd, vpd, (0.1, vpd.Item2))];
    }

    /// <summary>What holds at the moment.</summary>
    public (double Low, double High) At(bool isDay) => isDay ? Day : Night;
}
