using System.Diagnostics;
using System.Net;

namespace SmartFarm.Testing.Servers;

/// <summary>The worker as its user runs it: a process of its own, from the build beside the tests.</summary>
public sealed class WorkerProcess(string farmFolder, params (string Name, string Value)[] settings) : ServerProcess
{
    public Uri Url => new($"http://127.0.0.1:{Port}/");

    public HttpClient Http { get; } = new();

    /// <summary>Its data folder; null: one of its own.</summary>
    public string? Data { get; init; }

    /// <summary>The built program, of the same configuration as the tests.</summary>
    public static string Program
    {
        get
        {
            var framework = new DirectoryInfo(AppContext.BaseDirectory);
            return Repository.PathOf("src", "SmartFarm.Worker", "bin", framework.Parent!.Name, framework.Name, "smartfarm.dll");
        }
    }

    public Task<string> GetAsync(string path) => Http.GetStringAsync(new Uri(Url, path));

    protected override ProcessStartInfo Command()
    {
        var info = new ProcessStartInfo("dotnet", [Program, "run", "--farm", farmFolder, "--data", Data ?? Folder.File("data"), "--http-port", $"{Port}"])
        {
            WorkingDirectory = Folder.Path,
        };
        foreach (var (name, value) in settings)
        {
            info.Environment[name] = value;
        }

        return info;
    }

    /// <summary>Whoever runs a worker has its ledger checked, whether it still runs or was killed.</summary>
    protected override Task BeforeEndAsync() =>
        IsRunning ? LedgerCheck.RunningAsync(Http, Url)
        : Directory.Exists(Folder.File("data")) ? LedgerCheck.EndedAsync(Program, Folder.File("data"))
        : Task.CompletedTask;

    protected override async Task<bool> IsReadyAsync()
    {
        try
        {
            using var answer = await Http.GetAsync(new Uri(Url, "health/ready"));
            return answer.StatusCode == HttpStatusCode.OK;
        }
        catch (HttpRequestException)
        {
            return false;
        }
    }
}
