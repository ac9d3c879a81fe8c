using SmartFarm.Configuration.Yaml;
using SmartFarm.Domain.Farms;

namespace SmartFarm.Configuration.Farms;

/// <summary>Reads <c>expect</c> of an actuator: a text, or a list of texts and of <c>{ on: … }</c>, <c>{ off: … }</c>. The rules read what is in them.</summary>
internal static class ExpectReader
{
    /// <summary>More could not be told apart in one alarm.</summary>
    private const int Most = 8;

    public static IReadOnlyList<ExpectedEffect> Read(YamlMap actuator)
    {
        if (actuator.Get("expect") is not { } node)
        {
            return [];
        }

        var items = node is YamlList list ? list.Items : [node];
        if (items.Count > Most)
        {
            node.Report($"An actuator has at most {Most} expectations; keep those that matter.");
        }

        return items.SelectMany(Item).ToArray().AsReadOnly();
    }

    private static IEnumerable<ExpectedEffect> Item(YamlNode item)
    {
        if (item is not YamlMap map)
        {
            return item.AsScalar() is { } scalar ? [Of(scalar, null)] : [];
        }

        var (on, off) = (map.Get("on")?.AsScalar(), map.Get("off")?.AsScalar());
        map.ReportUnknownKeys();
        return new[] { (on, ExpectedOf.On), (off, ExpectedOf.Off) }.Where(x => x.Item1 is not null).Select(x => Of(x.Item1!, x.Item2));
    }

    private static ExpectedEffect Of(YamlScalar scalar, ExpectedOf? of) => new(scalar.Text, of, scalar.Line, scalar.Column + (scalar.IsPlain ? 0 : 1));
}
