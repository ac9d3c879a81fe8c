using SmartFarm.Domain.Farms;

namespace SmartFarm.Rules.Trials.Replay;

/// <summary>How an actuator was used.</summary>
/// <param name="HoursOn">Hours on, or open by more than its smallest position.</param>
/// <param name="FullHours">Hours, each weighed by how far it was open: 10 h at 30 % are 3.</param>
/// <param name="Movements">How often it was moved.</param>
/// <param name="Starts">How often it was started, or opened from its smallest position.</param>
/// <param name="HoursUnknown">Hours of which nothing is known.</param>
public sealed record TrackUse(double HoursOn, double FullHours, int Movements, int Starts, double HoursUnknown)
{
    private const double MsPerHour = 3_600_000;

    /// <summary>How the actuator was used over a time.</summary>
    public static TrackUse Of(Track track, Actuator actuator, long fromMs, long toMs)
    {
        var (on, full, unknown, last, moves, starts) = (0.0, 0.0, 0.0, double.NaN, 0, 0);
        foreach (var (_, lengthMs, value) in track.Stretches(fromMs, toMs))
        {
            if (double.IsNaN(value))
            {
                unknown += lengthMs / MsPerHour;
                continue;
            }

            on += value > actuator.Min ? lengthMs / MsPerHour : 0;
            full += (value - actuator.Min) / (actuator.Max - actuator.Min) * lengthMs / MsPerHour;

            // What is reported wavers; a move is what would have been worth sending.
            if (!double.IsNaN(last) && value != last && (Math.Abs(value - last) >= actuator.MinMove || value == actuator.Min || value == actuator.Max))
            {
                moves++;
                starts += last <= actuator.Min && value > actuator.Min ? 1 : 0;
                last = value;
            }

            last = double.IsNaN(last) ? value : last;
        }

        return new TrackUse(on, full, moves, starts, unknown);
    }
}
