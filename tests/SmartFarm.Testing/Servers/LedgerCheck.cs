using System.Diagnostics;
using System.Text.Json.Nodes;

namespace SmartFarm.Testing.Servers;

/// <summary>At the end of every test with a worker: everything that came in is accounted for, and nothing is on its way any more.</summary>
public static class LedgerCheck
{
    private const int Seconds = 15;

    /// <summary>Asks a running worker until its ledger is at rest; throws with the whole ledger when it does not balance.</summary>
    public static async Task RunningAsync(HttpClient http, Uri url)
    {
        var ledger = await Eventually.GetAsync(
            () => AskAsync(http, new Uri(url, "api/ledger")),
            l => l["balanced"] is { } balanced && !(bool)balanced || (l["balanced"] is not null && (long)l["total"]!["in_flight"]! == 0),
            TimeSpan.FromSeconds(Seconds));
        if (ledger["balanced"] is not { } answer || !(bool)answer || (long)ledger["total"]!["in_flight"]! != 0)
        {
            throw new InvalidOperationException($"The ledger does not balance: {ledger}");
        }
    }

    /// <summary>A worker in the middle of its start answers nothing yet.</summary>
    private static async Task<JsonNode> AskAsync(HttpClient http, Uri url)
    {
        try
        {
            using var answer = await http.GetAsync(url);
            return JsonNode.Parse(await answer.Content.ReadAsStringAsync())!;
        }
        catch (HttpRequestException e)
        {
            return new JsonObject { ["fault"] = e.Message };
        }
    }

    /// <summary>Lets the doctor read the folder of a worker that has ended, however it ended.</summary>
    public static async Task EndedAsync(string program, string dataFolder)
    {
        var info = new ProcessStartInfo("dotnet", [program, "doctor", "--data", dataFolder, "--farm", dataFolder]) { RedirectStandardOutput = true, UseShellExecute = false };
        // The ledger is asked for: no broker is to be waited for.
        info.Environment["SmartFarm__Broker__Enabled"] = "true";
        using var doctor = Process.Start(info)!;
        var findings = await doctor.StandardOutput.ReadToEndAsync();
        await doctor.WaitForExitAsync();
        if (findings.Split('\n').FirstOrDefault(l => l.Contains(" ledger ", StringComparison.Ordinal)) is not { } line || !line.StartsWith("ok", StringComparison.Ordinal))
        {
            throw new InvalidOperationException($"The ledger does not balance:\n{findings}");
        }
    }
}
