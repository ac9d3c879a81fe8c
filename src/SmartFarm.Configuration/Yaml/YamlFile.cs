using System.Text;
using YamlDotNet.Core;

namespace SmartFarm.Configuration.Yaml;

/// <summary>A YAML file of the farm folder, and where to say what is wrong in it.</summary>
public sealed class YamlFile
{
    /// <summary>The largest file that is read, in bytes: some 40,000 devices.</summary>
    public const int MaxBytes = 8 << 20;

    private static readonly UTF8Encoding Utf8 = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);
    private readonly ConfigurationErrors _errors;

    private YamlFile(string name, ConfigurationErrors errors)
    {
        (Name, _errors) = (name, errors);
    }

    /// <summary>Its path relative to the farm folder, with forward slashes.</summary>
    public string Name { get; }

    /// <summary>What is being read, such as <c>rule vent-on-heat</c>: errors name it instead of the path; null: they name the path.</summary>
    public string? About { get; set; }

    /// <summary>Reads a file whose top is a map. Whatever is wrong is reported, never thrown.</summary>
    /// <param name="folder">The farm folder.</param>
    /// <param name="name">Path of the file in it, with forward slashes.</param>
    /// <param name="errors">Where errors go.</param>
    /// <returns>The top of the file, or null when it cannot be read at all.</returns>
    public static YamlMap? Read(string folder, string name, ConfigurationErrors errors)
    {
        var file = new YamlFile(name, errors);
        var path = Path.Combine(folder, name);
        try
        {
            var info = new FileInfo(path);
            if (!info.Exists)
            {
                file.Report(0, 0, "", $"There is no such file in '{folder}'; create it or choose another folder with --farm.");
                return null;
            }

            if (info.Length > MaxBytes)
            {
                file.Report(0, 0, "", $"The file has {info.Length} bytes and the limit is {MaxBytes}. Divide the rules among several files, or the sites among several workers.");
                return null;
            }

            return file.Parse(Utf8.GetString(File.ReadAllBytes(path)));
        }
        catch (DecoderFallbackException e)
        {
            file.Report(0, 0, "", $"The file is not UTF-8 at byte {e.Index}; save it as UTF-8.");
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            file.Report(0, 0, "", $"The file cannot be read: {e.Message}");
        }

        return null;
    }

    /// <summary>Parses text whose top is a map, as if it were the named file.</summary>
    public static YamlMap? Parse(string text, string name, ConfigurationErrors errors) => new YamlFile(name, errors).Parse(text);

    internal void Report(int line, int column, string path, string message) =>
        _errors.Add(new ConfigurationError(Name, line, column, About ?? path, message));

    private YamlMap? Parse(string text)
    {
        try
        {
            var top = new YamlTree(this, text).Read();
            if (top is null or { IsNull: true })
            {
                Report(0, 0, "", "The file is empty; write its content or remove it.");
                return null;
            }

            return top.AsMap();
        }
        catch (YamlException e)
        {
            Report((int)e.Start.Line, (int)e.Start.Column, "", $"This is not YAML: {Sentence(e.Message)} Check indentation, quotes and brackets here.");
            return null;
        }
    }

    private static string Sentence(string message) => message.TrimEnd().TrimEnd('.') + ".";
}
