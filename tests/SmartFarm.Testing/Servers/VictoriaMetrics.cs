using System.Diagnostics;

namespace SmartFarm.Testing.Servers;

/// <summary>VictoriaMetrics: a real <c>/api/v2/write</c>. It shows a new series only after some ten seconds, and later points after one.</summary>
public sealed class VictoriaMetrics : ServerProcess
{
    public static bool IsInstalled => Programs.Find("victoria-metrics") is not null;

    public Uri Url => new($"http://127.0.0.1:{Port}/");

    protected override ProcessStartInfo Command() => new(Programs.Find("victoria-metrics")!, [
        $"-httpListenAddr=127.0.0.1:{Port}",
        $"-storageDataPath={Folder.File("data")}",
        "-retentionPeriod=100y",
        "-search.latencyOffset=0s",
    ]);
}
