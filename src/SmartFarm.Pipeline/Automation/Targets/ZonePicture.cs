namespace SmartFarm.Pipeline.Automation.Targets;

/// <summary>How a zone stands to its rules. Immutable.</summary>
/// <param name="AtMs">When, by the steady clock, ms.</param>
/// <param name="Bands">Quantities that have a band.</param>
/// <param name="Within">Of these, known and within it.</param>
/// <param name="Unknown">Of these, not known, or with a band that is not.</param>
/// <param name="Overrides">Actuators that a person has in hand from here.</param>
/// <param name="IsStopped">Whether the emergency stop is on.</param>
public sealed record ZonePicture(long AtMs, int Bands, int Within, int Unknown, int Overrides, bool IsStopped);

/// <summary>Knows how the zones stand to their rules. Thread-safe; waits for nobody.</summary>
public interface IZonePictures
{
    /// <summary>The last picture of a zone; null before the first, and where no rules are.</summary>
    ZonePicture? PictureOf(string site, string zone);
}
