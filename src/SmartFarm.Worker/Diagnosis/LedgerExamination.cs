using System.Net;
using System.Text.Json;
using SmartFarm.Pipeline.Storage;
using SmartFarm.Sqlite;
using SmartFarm.Worker.Settings;

namespace SmartFarm.Worker.Diagnosis;

/// <summary>Everything that came in is accounted for: asked of the worker when it answers, else read from the data folder.</summary>
internal sealed class LedgerExamination : IExamination
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(5);

    public string Name => "ledger";

    public async Task<Finding> ExamineAsync(SmartFarmSettings settings, TimeProvider clock, CancellationToken cancellationToken)
    {
        var file = Path.Combine(settings.Data.Directory, SqliteFolder.FileName);
        if (!File.Exists(file))
        {
            return Finding.Well("nothing was received yet.");
        }

        if (await AskAsync(settings.Http, cancellationToken) is { } told)
        {
            return told;
        }

        try
        {
            var accounts = await SqliteFile.LedgerAsync(file, cancellationToken);
            return Judge(accounts.Values.Sum(c => c.Received), 0, accounts.Select(a => (a.Key, a.Value.Unexplained)), 0);
        }
        catch (StoreException e)
        {
            return Finding.Unknown($"the ledger cannot be read: {e.Message}");
        }
    }

    /// <summary>What the running worker says; null when none answers.</summary>
    private static async Task<Finding?> AskAsync(HttpSettings http, CancellationToken cancellationToken)
    {
        var url = $"http://{(IPAddress.TryParse(http.Address, out var address) && !address.Equals(IPAddress.Any) ? address : IPAddress.Loopback)}:{http.Port}/api/ledger";
        try
        {
            using var client = new HttpClient { Timeout = Patience };
            using var answer = await client.GetAsync(url, cancellationToken);
            using var books = JsonDocument.Parse(await answer.Content.ReadAsStringAsync(cancellationToken));
            if (books.RootElement.GetProperty("balanced").ValueKind == JsonValueKind.Null)
            {
                return Finding.Unknown($"{url} says that the ledger cannot be read now; the worker's log has the cause.");
            }

            var total = books.RootElement.GetProperty("total");
            var accounts = books.RootElement.GetProperty("accounts").EnumerateArray()
                .Select(a => (a.GetProperty("account").GetString()!, a.GetProperty("unexplained").GetInt64())).ToArray();
            var lost = total.GetProperty("unexplained").GetInt64() - accounts.Sum(a => Math.Abs(a.Item2));
            return Judge(total.GetProperty("received").GetInt64(), total.GetProperty("in_flight").GetInt64(), accounts, lost);
        }
        catch (Exception e) when (e is HttpRequestException or JsonException or KeyNotFoundException or InvalidOperationException || (e is TaskCanceledException && !cancellationToken.IsCancellationRequested))
        {
            return null;
        }
    }

    private static Finding Judge(long received, long inFlight, IEnumerable<(string Name, long Unexplained)> accounts, long lost)
    {
        var wrong = accounts.Where(a => a.Unexplained != 0).Select(a => $"{a.Name} by {a.Unexplained}").ToList();
        if (lost != 0)
        {
            wrong.Add($"readings lost on the way to the store: {lost}");
        }

        return wrong.Count == 0
            ? Finding.Well($"balanced: {received} readings received, {inFlight} of them in flight.")
            : Finding.Mend($"not balanced: {string.Join(", ", wrong)}. This is a fault of ours: keep the data folder and report it.");
    }
}
