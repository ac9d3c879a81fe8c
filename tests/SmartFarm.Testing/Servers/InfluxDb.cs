using System.Diagnostics;
using System.Net;

namespace SmartFarm.Testing.Servers;

/// <summary>InfluxDB 1.6 from Debian: <c>/write</c> and InfluxQL <c>/query</c>; with an administrator when credentials are given.</summary>
public sealed class InfluxDb(string? username = null, string? password = null) : ServerProcess
{
    private readonly int _backupPort = Ports.Free();

    public static bool IsInstalled => Programs.Find("influxd") is not null;

    public Uri Url => new($"http://127.0.0.1:{Port}/");

    /// <summary>Runs an InfluxQL statement and gives the JSON it answered.</summary>
    public async Task<string> QueryAsync(string query, string? database = null)
    {
        using var http = new HttpClient { BaseAddress = Url };
        var credentials = username is null ? "" : $"&u={username}&p={password}";
        using var content = new FormUrlEncodedContent([KeyValuePair.Create("q", query)]);
        using var response = await http.PostAsync($"query?epoch=ms&db={database}{credentials}", content);
        return await response.Content.ReadAsStringAsync();
    }

    protected override ProcessStartInfo Command()
    {
        File.WriteAllText(Folder.File("influxdb.conf"), $"""
            reporting-disabled = true
            bind-address = "127.0.0.1:{_backupPort}"
            [meta]
              dir = "{Folder.File("meta")}"
            [data]
              dir = "{Folder.File("data")}"
              wal-dir = "{Folder.File("wal")}"
              query-log-enabled = false
            [http]
              bind-address = "127.0.0.1:{Port}"
              log-enabled = false
              auth-enabled = {(username is null ? "false" : "true")}
            [monitor]
              store-enabled = false

            """);
        return new ProcessStartInfo(Programs.Find("influxd")!, ["-config", Folder.File("influxdb.conf")]);
    }

    protected override async Task<bool> IsReadyAsync()
    {
        try
        {
            using var http = new HttpClient { BaseAddress = Url };
            using var answer = await http.GetAsync("ping");
            if (answer.StatusCode != HttpStatusCode.NoContent)
            {
                return false;
            }
        }
        catch (HttpRequestException)
        {
            return false;
        }

        if (username is not null)
        {
            await QueryAsync($"CREATE USER {username} WITH PASSWORD '{password}' WITH ALL PRIVILEGES");
        }

        return true;
    }
}
