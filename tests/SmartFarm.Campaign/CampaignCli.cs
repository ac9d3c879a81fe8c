using System.Globalization;

namespace SmartFarm.Campaign;

/// <summary>Arguments of the campaign.</summary>
internal sealed record CampaignOptions
{
    public bool IsShort { get; set; }

    public int Seed { get; set; } = 20261122;

    /// <summary>Only cases whose name contains one of these words; empty: all.</summary>
    public List<string> Only { get; } = [];

    public bool ListsOnly { get; set; }

    /// <summary>Where the table and the JSON result are written; null: nowhere.</summary>
    public string? OutputFolder { get; set; }
}

/// <summary>The command line: exit code 0 when nothing was lost, 1 when something was, 2 when it could not run.</summary>
internal static class CampaignCli
{
    private const string Usage = "tests/campaign [--short] [--seed N] [--case NAME]... [--list] [--out FOLDER]";

    public static async Task<int> RunAsync(string[] arguments)
    {
        var options = new CampaignOptions();
        var rest = new Queue<string>(arguments);
        while (rest.TryDequeue(out var argument))
        {
            switch (argument)
            {
                case "--short":
                    options.IsShort = true;
                    break;
                case "--list":
                    options.ListsOnly = true;
                    break;
                case "--seed" when rest.TryDequeue(out var text) && int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var seed):
                    options.Seed = seed;
                    break;
                case "--case" when rest.TryDequeue(out var name):
                    options.Only.Add(name);
                    break;
                case "--out" when rest.TryDequeue(out var folder):
                    options.OutputFolder = folder;
                    break;
                default:
                    await System.Console.Error.WriteLineAsync($"'{argument}' is not known, or its value is missing or wrong. {Usage}");
                    return 2;
            }
        }

        return await new CampaignRunner(options).RunAsync();
    }
}
