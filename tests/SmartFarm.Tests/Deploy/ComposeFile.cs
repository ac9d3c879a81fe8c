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

    public IReadOnlyList<string> Volumes => [.. ((Map)_root["volumes"]).Keys.Cast<string>()];

    public ComposeService Service(string name) => Services.Single(s => s.Name == name);

    public static ComposeFile Read(string yaml) =>
        new(new DeserializerBuilder().Build().Deserialize<Map>(new MergingParser(new Parser(new StringReader(yaml)))));
}

/// <summary>One service of a compose file.</summary>
internal sealed record ComposeService(string Name, Dictionary<object, object> Keys)
{
    public string Image => Text("image");

    public string User => Text("user");

    public IReadOnlyList<string> Ports => List("ports");

    public IReadOnlyList<string> Mounts => List("volumes");

    public IReadOnlyList<string> Secrets => List("secrets");

    public IReadOnlyDictionary<string, string> Environment =>
        Keys.TryGetValue("environment", out var value) ? ((Dictionary<object, object>)value).ToDictionary(e => (string)e.Key, e => (string)e.Value) : new Dictionary<string, string>();

    public string Text(string key) => Keys.TryGetValue(key, out var value) ? value.ToString()! : "";

    public IReadOnlyList<string> List(string key) => Keys.TryGetValue(key, out var value) ? [.. ((List<object>)value).Cast<string>()] : [];
}
