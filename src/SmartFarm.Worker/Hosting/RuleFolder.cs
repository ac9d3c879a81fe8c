using SmartFarm.Pipeline.Automation.Sets;
using SmartFarm.Rules.Loading;
using SmartFarm.Worker.Settings;

namespace SmartFarm.Worker.Hosting;

/// <summary>The folder <c>rules/</c> of the farm on disk.</summary>
internal sealed class RuleFolder(SmartFarmSettings settings) : IRuleFolder
{
    public bool Exists => Directory.Exists(settings.Farm);

    public bool IsFollowed => settings.Rules.FollowFolder;

    public RuleSetFiles Read() => Read(settings.Farm);

    /// <summary>Reads the rules of a farm folder; one without <c>rules/</c> has none.</summary>
    /// <exception cref="IOException">It cannot be read.</exception>
    public static RuleSetFiles Read(string farm)
    {
        var path = Path.Combine(farm, RuleLoader.FolderName);
        var files = Directory.Exists(path) ? Directory.GetFiles(path, "*.yaml") : [];
        return new RuleSetFiles(files.Select(file => KeyValuePair.Create($"{RuleLoader.FolderName}/{Path.GetFileName(file)}", File.ReadAllText(file))));
    }
}
