namespace SmartFarm.Greenhouse.Weather.Chances;

/// <summary>
/// Clear, broken and overcast sky in blocks of three hours: a Markov chain that stays as it is, or is drawn anew with the shares of the season.
/// </summary>
internal sealed class CloudStates(long seed)
{
    public const int BlocksPerDay = 8;

    /// <summary>Chance that a block is drawn anew: a state lasts 12 hours and more.</summary>
    private const double Renewal = 0.25;

    private readonly Chance _renewals = new(seed, "cloud renewal");
    private readonly Chance _states = new(seed, "cloud state");
    private readonly Chance _within = new(seed, "cloud cover");

    /// <summary>Share of the sky under cloud, 0 to 1.</summary>
    public double Cover(long block, double clearShare, double overcastShare)
    {
        var drawn = block;
        while (_renewals.Even(drawn) >= Renewal)
        {
            drawn--;
        }

        var state = _states.Even(drawn);
        var within = _within.Even(block);
        return state < clearShare ? 0.12 * within
            : state >= 1 - overcastShare ? 0.88 + (0.12 * within)
            : 0.25 + (0.5 * within);
    }
}
