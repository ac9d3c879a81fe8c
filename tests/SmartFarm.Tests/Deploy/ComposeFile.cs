using SmartFarm.Testing;
using YamlDotNet.Core;
using YamlDotNet.Serialization;

namespace SmartFarm.Tests.Deploy;

using Map = Dictionary<object, object>;

/// <summary>docker-compose.yml, read with its anchors resolved.</summary>
internal sealed class ComposeFile
{
    private readonly Map _root;

    private ComposeFile(Map root) => _root = root;

    public static ComposeFile Default { get; } = Read(File.ReadAllText(Repository.PathOf("docker-compose.yml")));

    public IReadOnlyList<ComposeService> Services => [.. ((Map)_root["services"]).Select(s => new ComposeService((string)s.Key, (Map)s.Value))];

    /// <summary>Secret name → file.</summary>
    public IReadOnlyDictionary<string, string> Secrets => ((Map)_root["secrets"]).ToDictionary(s => (string)s.Key, s => (string)((Map)s.Value)["file"]);

    /// <summary>Network name → whether it has no way out.</summary>
    public IReadOnlyDictionary<string, bool> Networks =>
        ((Map)_root["networks"]).ToDictionary(n => (string)n.Key, n => ((Map)n.Value).TryGetValue("internal", out var value) && (string)value == "true");

    public IReadOnlyList<string> Volumes => [.. ((Map)_root["volumes"]).Keys.Cast<string>()];

    public ComposeService Service(string name) => Services.Single(s => s.Name == name);

    /// <summary>Tags such as <c>!override</c> say how files are laid over each other; what stands behind them is read as it is.</summary>
    public static ComposeFile Read(string yaml) =>
        new(new DeserializerBuilder().Build().Deserialize<Map>(new MergingParser(new Parser(new StringReader(yaml.Replace("!override ", ""))))));
}

/// <summary>One service of a compose file.</summary>
internal sealed record ComposeService(string Name, Dictionary<object, object> Keys)
{
    public string Image => Text("image");

    public string User => Text("user");

    public IReadOnlyList<string> Ports => List("ports");

    public IReadOnlyList<string> Mounts => List("volumes");

    public IReadOnlyList<string> Secrets => List("secrets");

    public IReadOnlyList<string> Networks => List("networks");

    /// <summary>Services that it waits for, and what for.</summary>
    public IReadOnlyDictionary<string, string> DependsOn => Keys.TryGetValue("depends_on", out var value)
        ? ((Dictionary<object, object>)value).ToDictionary(d => (string)d.Key, d => (string)((Dictionary<object, object>)d.Value)["condition"])
        : new Dictionary<string, string>();

    public IReadOnlyDictionary<string, object> Health => Keys.TryGetValue("healthcheck", out var value)
        ? ((Dictionary<object, object>)value).ToDictionary(h => (string)h.Key, h => h.Value)
        : new Dictionary<string, object>();

    public IReadOnlyDictionary<string, string> Build => Keys.TryGetValue("build", out var value)
        ? ((Dictionary<object, object>)value).ToDictionary(b => (string)b.Key, b => (string)b.Value)
        : new Dictionary<string, string>();

    public IReadOnlyDictionary<string, string> Environment =>
        Keys.TryGetValue("environment", out var value) ? ((Dictionary<object, object>)value).ToDictionary(e => (string)e.Key, e => (string)e.Value) : new Dictionary<string, string>();

    public string Text(string key) => Keys.TryGetValue(key, out var value) ? value.ToString()! : "";

    public IReadOnlyList<string> List(string key) => Keys.TryGetValue(key, out var value) ? [.. ((List<object>)value).Cast<string>()] : [];
}
