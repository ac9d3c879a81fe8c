namespace SmartFarm.Configuration.Yaml;

/// <summary>A node of a YAML file that knows where it stands and can say what is wrong with it. Immutable but for the errors it reports.</summary>
public abstract class YamlNode
{
    private protected YamlNode(YamlFile file, int line, int column, string path)
    {
        (File, Line, Column, Path) = (file, line, column, path);
    }

    /// <summary>The file it is in.</summary>
    public YamlFile File { get; }

    /// <summary>Line of its first character, from 1.</summary>
    public int Line { get; }

    /// <summary>Column of its first character, from 1.</summary>
    public int Column { get; }

    /// <summary>The way to it from the top of the file, such as <c>sites[0].zones[1].id</c>.</summary>
    public string Path { get; }

    /// <summary>What it is called in error messages: map, list or text.</summary>
    public abstract string Kind { get; }

    /// <summary>Whether there is nothing: an empty plain scalar, <c>~</c> or <c>null</c>.</summary>
    public virtual bool IsNull => false;

    /// <summary>Reports an error at this node.</summary>
    /// <param name="message">One sentence with the remedy.</param>
    public void Report(string message) => File.Report(Line, Column, Path, message);

    /// <summary>The node as a map; reports and gives null when it is something else.</summary>
    public YamlMap? AsMap() => As<YamlMap>("a map of keys and values");

    /// <summary>The items of the node as a list; reports and gives none when it is something else.</summary>
    public IReadOnlyList<YamlNode> AsList() => As<YamlList>("a list")?.Items ?? [];

    /// <summary>The node as a scalar; reports and gives null when it is something else.</summary>
    public YamlScalar? AsScalar() => As<YamlScalar>("a single value");

    private T? As<T>(string wanted)
        where T : YamlNode
    {
        if (this is T node)
        {
            return node;
        }

        Report($"Here must be {wanted}, not a {Kind}.");
        return null;
    }
}

/// <summary>A list.</summary>
public sealed class YamlList : YamlNode
{
    internal YamlList(YamlFile file, int line, int column, string path, IReadOnlyList<YamlNode> items)
        : base(file, line, column, path)
    {
        Items = items;
    }

    /// <summary>Its items in order.</summary>
    public IReadOnlyList<YamlNode> Items { get; }

    /// <inheritdoc/>
    public override string Kind => "list";
}

/// <summary>A single value, as it is written: <c>off</c> and <c>1.0</c> are texts until somebody asks for more.</summary>
public sealed class YamlScalar : YamlNode
{
    private readonly int _firstColumn;

    internal YamlScalar(YamlFile file, int line, int column, string path, string text, bool isPlain, bool isBlock)
        : base(file, line, column, path)
    {
        (Text, IsPlain) = (text, isPlain);
        _firstColumn = isBlock ? -1 : isPlain ? column : column + 1;
    }

    /// <summary>The text, without quotes and outer blanks.</summary>
    public string Text { get; }

    /// <summary>Whether it stands without quotes.</summary>
    public bool IsPlain { get; }

    /// <inheritdoc/>
    public override string Kind => "single value";

    /// <inheritdoc/>
    public override bool IsNull => IsPlain && Text is "" or "~" or "null";

    /// <summary>Reports an error at a character of the text, exact for text on one line without escapes.</summary>
    /// <param name="offset">Characters from the start of <see cref="Text"/>.</param>
    /// <param name="message">One sentence with the remedy.</param>
    public void ReportAt(int offset, string message) => File.Report(Line, _firstColumn < 0 ? Column : _firstColumn + offset, Path, message);
}
