namespace SmartFarm.Greenhouse.Weather.Generated;

/// <summary>Light under clouds, as a share of that of a clear sky.</summary>
internal static class CloudLight
{
    /// <summary>Edges of clouds throw light into the gaps: what a gap has, as a share of a clear sky. Gueymard 2017 measured up to 1.5 for seconds.</summary>
    private const double Gap = 1.08;

    /// <summary>
    /// The mean under a cover of clouds after Kasten and Czeplak 1980; under a broken sky sun and shade take turns around it, the shade a share of the time
    /// that is the cover.
    /// </summary>
    /// <param name="cloud">Share of the sky under cloud, 0 to 1.</param>
    /// <param name="turn">Which of the two it is now, 0 to 1.</param>
    public static double Factor(double cloud, double turn)
    {
        var mean = Mean(cloud);
        var broken = Math.Clamp(Math.Min(cloud - 0.15, 0.85 - cloud) / 0.1, 0, 1);
        var shade = (mean - ((1 - cloud) * Gap)) / Math.Max(cloud, 0.15);
        var now = double.Lerp(Gap, shade, Math.Clamp(((cloud - turn) / 0.1) + 0.5, 0, 1));
        return double.Lerp(mean, now, broken);
    }

    /// <summary>Kasten and Czeplak 1980.</summary>
    public static double Mean(double cloud) => 1 - (0.75 * Math.Pow(cloud, 3.4));
}
