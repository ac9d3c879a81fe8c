using YamlDotNet.Core;
using YamlDotNet.Core.Events;

namespace SmartFarm.Configuration.Yaml;

/// <summary>
/// Builds nodes from the events of the YAML parser. Anchors, aliases and tags are refused: no file of a farm needs them, and
/// without them a small file cannot unfold into a large one. Depth is bounded because the builder calls itself.
/// </summary>
internal sealed class YamlTree(YamlFile file, string text)
{
    private const int MaxDepth = 32;
    private readonly Parser _parser = new(new StringReader(text.TrimStart('\uFEFF')));

    /// <summary>The top node; null when there is none.</summary>
    /// <exception cref="YamlException">The text is not YAML, or not YAML of the kind we take.</exception>
    public YamlNode? Read()
    {
        Next<StreamStart>();
        if (_parser.Current is StreamEnd)
        {
            return null;
        }

        Next<DocumentStart>();
        var top = Node("", 0);
        Next<DocumentEnd>();
        return _parser.Current is StreamEnd ? top : throw Wrong("A second document begins here; one file holds one document.");
    }

    private YamlNode Node(string path, int depth)
    {
        var current = _parser.Current!;
        if (depth > MaxDepth)
        {
            throw Wrong($"This is nested more than {MaxDepth} deep.");
        }

        if (current is AnchorAlias or NodeEvent { Anchor.IsEmpty: false })
        {
            throw Wrong("Anchors (&) and aliases (*) are not used here; write the value out, or put it in quotes.");
        }

        if (current is NodeEvent { Tag.IsEmpty: false, Tag.IsNonSpecific: false })
        {
            throw Wrong("Tags (!) are not used here; leave it out, or put the value in quotes.");
        }

        return current switch
        {
            MappingStart => Map(path, depth),
            SequenceStart => List(path, depth),
            Scalar => Value(path),
            _ => throw Wrong("A value is expected here."),
        };
    }

    private YamlMap Map(string path, int depth)
    {
        var start = Next<MappingStart>().Start;
        var entries = new List<YamlEntry>();
        while (_parser.Current is not MappingEnd)
        {
            if (_parser.Current is not Scalar key)
            {
                throw Wrong("A key must be a plain word.");
            }

            var keyPath = path.Length == 0 ? key.Value : $"{path}.{key.Value}";
            entries.Add(new YamlEntry((YamlScalar)Node(keyPath, depth + 1), Node(keyPath, depth + 1)));
        }

        Next<MappingEnd>();
        return new YamlMap(file, (int)start.Line, (int)start.Column, path, entries);
    }

    private YamlList List(string path, int depth)
    {
        var start = Next<SequenceStart>().Start;
        var items = new List<YamlNode>();
        while (_parser.Current is not SequenceEnd)
        {
            items.Add(Node($"{path}[{items.Count}]", depth + 1));
        }

        Next<SequenceEnd>();
        return new YamlList(file, (int)start.Line, (int)start.Column, path, items);
    }

    private YamlScalar Value(string path)
    {
        var scalar = Next<Scalar>();
        var isBlock = scalar.Style is ScalarStyle.Literal or ScalarStyle.Folded;
        return new YamlScalar(file, (int)scalar.Start.Line, (int)scalar.Start.Column, path, scalar.Value.TrimEnd(), scalar.Style == ScalarStyle.Plain, isBlock);
    }

    private T Next<T>()
        where T : ParsingEvent
    {
        if (_parser.Current is null)
        {
            _parser.MoveNext();
        }

        var current = _parser.Current as T ?? throw Wrong("This is out of place.");
        _parser.MoveNext();
        return current;
    }

    private YamlException Wrong(string message) => new(_parser.Current!.Start, _parser.Current.End, message);
}
