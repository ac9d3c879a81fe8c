using System.Net;
using System.Text.Json;
using Microsoft.Extensions.Logging.Abstractions;
using SmartFarm.Pipeline.Storage;
using SmartFarm.Sqlite;
using SmartFarm.Worker.Settings;

namespace SmartFarm.Worker.Diagnosis;

/// <summary>Everything that came in is accounted for: asked of the worker when it runs, else read from the data folder.</summary>
internal sealed class LedgerExamination : IExamination
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(5);

    public string Name => "ledger";

    public async Task<Finding> ExamineAsync(SmartFarmSettings settings, TimeProvider clock, CancellationToken cancellationToken)
    {
        if (!File.Exists(Path.Combine(settings.Data.Directory, SqliteFolder.FileName)))
        {
            return new Finding(true, "nothing was received yet.");
        }

        try
        {
            await using var folder = SqliteFolder.Open(settings.Data.Directory, new SqliteOptions(), clock, NullLoggerFactory.Instance);
            var books = await LedgerBooks.ReadAsync(folder.Ledger, new NothingOpen(), cancellationToken);
            return Judge(books.Total.Received, books.InFlight, books.Accounts.Select(a => (a.Name, a.Unexplained)), books.Lost);
        }
        catch (StoreException inUse)
        {
            return await AskAsync(settings.Http, inUse.Message, cancellationToken);
        }
    }

    private static async Task<Finding> AskAsync(HttpSettings http, string whyNotRead, CancellationToken cancellationToken)
    {
        var url = $"http://{(IPAddress.TryParse(http.Address, out var address) && !address.Equals(IPAddress.Any) ? address : IPAddress.Loopback)}:{http.Port}/api/ledger";
        try
        {
            using var client = new HttpClient { Timeout = Patience };
            using var answer = await client.GetAsync(url, cancellationToken);
            using var books = JsonDocument.Parse(await answer.Content.ReadAsStringAsync(cancellationToken));
            if (books.RootElement.GetProperty("balanced").ValueKind == JsonValueKind.Null)
            {
                return new Finding(false, $"not known: {url} says that the ledger cannot be read now; the worker's log has the cause.");
            }

            var total = books.RootElement.GetProperty("total");
            var accounts = books.RootElement.GetProperty("accounts").EnumerateArray()
                .Select(a => (a.GetProperty("account").GetString()!, a.GetProperty("unexplained").GetInt64())).ToArray();
            var lost = total.GetProperty("unexplained").GetInt64() - accounts.Sum(a => Math.Abs(a.Item2));
            return Judge(total.GetProperty("received").GetInt64(), total.GetProperty("in_flight").GetInt64(), accounts, lost);
        }
        catch (Exception e) when (e is HttpRequestException or JsonException or KeyNotFoundException or InvalidOperationException || (e is TaskCanceledException && !cancellationToken.IsCancellationRequested))
        {
            return new Finding(false, $"not known: {whyNotRead} And {url} does not tell: {e.Message} Give the port of the running worker with --http-port.");
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
            ? new Finding(true, $"balanced: {received} readings received, {inFlight} of them in flight.")
            : new Finding(false, $"not balanced: {string.Join(", ", wrong)}. This is a fault of ours: keep the data folder and report it.");
    }

    private sealed class NothingOpen : IOpenReadings
    {
        public OpenReadings Open() => OpenReadings.None;
    }
}
