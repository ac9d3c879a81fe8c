namespace SmartFarm.Greenhouse.Weather.Chances;

/// <summary>
/// Days of two kinds in spells, a Markov chain of first order (Richardson 1981: wet and dry days). A day whose draw decides alone, whatever the day before
/// was, ends the look back; this is coupling from the past (Propp and Wilson 1996), so that any day can be asked for by itself.
/// </summary>
/// <param name="seed">Same seed, same spells.</param>
/// <param name="channel">Name of the series.</param>
/// <param name="persistence">Correlation from day to day, 0 to less than 1.</param>
internal sealed class Spells(long seed, string channel, double persistence)
{
    private readonly Chance _draws = new(seed, channel);

    /// <param name="day">The day.</param>
    /// <param name="share">Share of such days at this time of the year, 0 to 1.</param>
    public bool Is(long day, double share)
    {
        var afterOther = share * (1 - persistence);
        var afterSame = afterOther + persistence;
        for (var back = day; ; back--)
        {
            var draw = _draws.Even(back);
            if (draw < afterOther || draw >= afterSame)
            {
                return draw < afterOther;
            }
        }
    }
}
