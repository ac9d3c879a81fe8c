namespace SmartFarm.Greenhouse.Weather;

/// <summary>Dust on a cover: it settles by itself, more in a storm, and rain washes it off.</summary>
public static class CoverDust
{
    /// <summary>Most of its light that a cover loses to dust. An estimate: thicker layers slide off.</summary>
    public const double Most = 0.4;

    /// <summary>Rain that leaves 1/e of the dust, mm. An estimate.</summary>
    private const double WashingRain = 3;

    /// <summary>The share of its light that a cover loses after a time, 0 to <see cref="Most"/>. Solved exactly, so a step may have any length.</summary>
    /// <param name="share">Share lost before.</param>
    /// <param name="outside">The air outside, held over the time.</param>
    /// <param name="seconds">The time, s, 0 or more.</param>
    public static double Step(double share, in Outside outside, double seconds)
    {
        var hours = seconds / 3600;
        var rate = (outside.DustFall / Most) + (outside.RainRate / WashingRain);
        return rate <= 0 ? share : (outside.DustFall / rate) + ((share - (outside.DustFall / rate)) * Math.Exp(-rate * hours));
    }
}
