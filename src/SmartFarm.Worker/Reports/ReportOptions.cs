using System.CommandLine;
using Spectre.Console;

namespace SmartFarm.Worker.Reports;

/// <summary>Options of every command that ends with a report, and the way it goes out.</summary>
internal sealed class ReportOptions
{
    public Option<string?> Html { get; } = new("--html") { Description = "Also write the report with charts to this file, one page that needs nothing else." };

    public Option<string?> Json { get; } = new("--json") { Description = "Also write the report for machines to this file; - prints it instead of the text." };

    public void AddTo(Command command)
    {
        command.Options.Add(Html);
        command.Options.Add(Json);
    }

    /// <summary>Prints the report and writes the files that were asked for.</summary>
    /// <exception cref="IOException">A file cannot be written.</exception>
    public void Write(ParseResult parsed, Report report)
    {
        var json = parsed.GetValue(Json);
        if (json == "-")
        {
            System.Console.WriteLine(ReportJson.Write(report));
        }
        else
        {
            ReportTerminal.Write(report, Terminal(System.Console.Out));
            Save(json, () => ReportJson.Write(report));
        }

        Save(parsed.GetValue(Html), () => ReportHtml.Write(report));
    }

    /// <summary>A terminal that neither colours nor breaks lines when it is none: a log or a pipe gets each row whole.</summary>
    internal static IAnsiConsole Terminal(TextWriter writer)
    {
        var output = new AnsiConsoleOutput(writer);
        var console = AnsiConsole.Create(new AnsiConsoleSettings { Out = output, Ansi = output.IsTerminal ? AnsiSupport.Detect : AnsiSupport.No });
        if (!output.IsTerminal)
        {
            console.Profile.Width = 1000;
        }

        return console;
    }

    private static void Save(string? path, Func<string> text)
    {
        if (path is null)
        {
            return;
        }

        if (Path.GetDirectoryName(Path.GetFullPath(path)) is { } folder)
        {
            Directory.CreateDirectory(folder);
        }

        File.WriteAllText(path, text());
    }
}
