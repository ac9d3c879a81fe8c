using System.Reflection;
using System.Text;

namespace SmartFarm.Worker.Recipes;

/// <summary>A file of a recipe.</summary>
/// <param name="Path">Where it belongs in the farm folder, such as <c>rules/tomato.yaml</c>.</param>
/// <param name="Text">Its text.</param>
internal sealed record RecipeFile(string Path, string Text);

/// <summary>A farm and rules to start from, shipped inside the program.</summary>
/// <param name="Name">What it is called.</param>
/// <param name="Files">Its files, in order of their paths.</param>
internal sealed record Recipe(string Name, IReadOnlyList<RecipeFile> Files)
{
    private const string Root = "recipes/";
    private static readonly Assembly Home = typeof(Recipe).Assembly;

    /// <summary>The names of all recipes.</summary>
    public static IReadOnlyList<string> Names { get; } =
        [.. Resources().Select(path => path[Root.Length..].Split('/')[0]).Distinct(StringComparer.Ordinal)];

    /// <summary>A recipe by its name; null when there is none of that name.</summary>
    public static Recipe? Find(string? name) => name is not null && Names.Contains(name)
        ? new Recipe(name, [.. Resources().Where(path => path.StartsWith($"{Root}{name}/", StringComparison.Ordinal)).Select(path => Read(path, name))])
        : null;

    private static IEnumerable<string> Resources() =>
        Home.GetManifestResourceNames().Select(path => path.Replace('\\', '/')).Where(path => path.StartsWith(Root, StringComparison.Ordinal)).Order(StringComparer.Ordinal);

    private static RecipeFile Read(string path, string name)
    {
        using var reader = new StreamReader(Home.GetManifestResourceStream(path)!, Encoding.UTF8);
        return new RecipeFile(path[(Root.Length + name.Length + 1)..], reader.ReadToEnd());
    }
}
