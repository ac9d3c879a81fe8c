namespace SmartFarm.Greenhouse.Weather;

public sealed partial record Place
{
    /// <summary>
    /// Turkestan, 43.3° N. Records of each month: Kazhydromet. No typical year of it is published: the rest is estimated to lie within the
    /// published typical range of −16..44 °C, 150..250 mm of rain and the 260 clear days of the south; Urumqi's measured year, 4 to 8 K colder, gave the
    /// variation from day to day.
    /// </summary>
    public static Place Turkestan { get; } = new(43.30, 68.25, 207, new Climatology(
    [
        // mean  range  sd   low    high  dew  rain wet clear grey wind dust
        new(-2.0, 9.0, 5.5, -33.6, 18.7, -6.0, 25, 8.0, 0.35, 0.35, 2.3, 0.0),
        new(1.0, 9.5, 5.5, -38.6, 26.4, -4.5, 26, 8.0, 0.35, 0.35, 2.6, 0.1),
        new(8.0, 11.0, 5.0, -25.0, 31.5, -1.0, 30, 8.0, 0.40, 0.30, 3.1, 0.4),
        new(15.5, 13.0, 4.5, -8.4, 37.7, 3.0, 27, 7.0, 0.50, 0.20, 3.2, 0.8),
        new(21.5, 14.5, 4.0, -2.8, 41.7, 6.0, 19, 5.0, 0.60, 0.12, 3.0, 0.8),
        new(27.0, 16.0, 3.5, 3.2, 46.9, 8.0, 7, 2.5, 0.80, 0.05, 2.9, 0.5),
        new(29.0, 16.0, 3.0, 6.4, 47.9, 9.5, 4, 1.5, 0.85, 0.03, 2.7, 0.3),
        new(27.0, 16.5, 3.0, 3.4, 46.5, 7.5, 2, 1.0, 0.90, 0.02, 2.5, 0.3),
        new(20.0, 16.5, 3.8, -5.5, 41.9, 3.5, 4, 1.5, 0.85, 0.04, 2.3, 0.2),
        new(12.0, 14.0, 4.5, -14.3, 35.3, 0.5, 14, 4.0, 0.70, 0.12, 2.2, 0.1),
        new(5.0, 11.0, 5.0, -31.8, 27.9, -1.5, 21, 6.0, 0.50, 0.25, 2.2, 0.0),
        new(-0.5, 9.0, 5.5, -33.0, 21.6, -4.5, 25, 8.0, 0.35, 0.35, 2.2, 0.0),
    ]));

    /// <summary>
    /// Urumqi, 43.8° N: means, ranges, deviation, dew point and wind computed from its typical year (China Standard Weather Data); records, rain
    /// and clouds are estimates.
    /// </summary>
    public static Place Urumqi { get; } = new(43.78, 87.65, 935, new Climatology(
    [
        new(-12.4, 9.3, 4.9, -32.0, 9.0, -14.7, 11, 8.0, 0.30, 0.40, 1.4, 0.0),
        new(-9.2, 9.4, 4.5, -31.0, 13.0, -12.8, 11, 7.0, 0.30, 0.40, 1.6, 0.0),
        new(-2.1, 7.1, 5.5, -25.0, 24.0, -5.9, 21, 7.0, 0.30, 0.35, 2.6, 0.1),
        new(9.8, 11.6, 5.1, -12.0, 32.0, -0.2, 33, 7.0, 0.35, 0.30, 2.5, 0.3),
        new(16.4, 10.8, 4.0, -3.0, 36.0, 3.2, 35, 7.0, 0.40, 0.25, 3.0, 0.3),
        new(21.5, 11.1, 4.0, 3.0, 39.0, 8.2, 37, 8.0, 0.45, 0.20, 2.4, 0.2),
        new(23.7, 11.1, 3.8, 7.0, 42.0, 9.5, 33, 8.0, 0.50, 0.18, 2.4, 0.1),
        new(23.0, 11.7, 3.0, 5.0, 40.5, 8.3, 24, 6.0, 0.55, 0.15, 2.4, 0.1),
        new(17.2, 10.3, 5.0, -4.0, 37.0, 3.9, 26, 5.0, 0.50, 0.18, 3.2, 0.1),
        new(7.9, 9.4, 5.0, -12.0, 29.0, -0.6, 25, 5.0, 0.45, 0.25, 2.0, 0.1),
        new(-1.4, 7.0, 5.4, -29.0, 18.0, -5.3, 20, 7.0, 0.35, 0.40, 1.6, 0.0),
        new(-9.7, 8.0, 4.5, -31.0, 14.0, -12.5, 14, 9.0, 0.30, 0.40, 1.7, 0.0),
    ]));
}
