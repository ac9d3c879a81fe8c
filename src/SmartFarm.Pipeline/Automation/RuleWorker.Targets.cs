using SmartFarm.Pipeline.Automation.Targets;

namespace SmartFarm.Pipeline.Automation;

/// <summary>How the zones stand to their rules.</summary>
public sealed partial class RuleWorker : IZonePictures
{
    /// <inheritdoc/>
    public ZonePicture? PictureOf(string site, string zone) => _zones.TryGetValue((site, zone), out var found) ? found.Targets.Picture : null;
}
