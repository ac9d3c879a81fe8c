namespace SmartFarm.Benchmarks.Speed;

/// <summary>Runs ours beside the yardsticks and prints both.</summary>
internal static class SpeedProgram
{
    public static async Task<int> RunAsync(string[] args)
    {
        var size = args.Contains("--brief") ? SpeedSize.Brief : args.Contains("--quick") ? SpeedSize.Quick : SpeedSize.Full;
        var only = args.SkipWhile(a => a != "--only").Skip(1).FirstOrDefault()?.Split(',');
        var report = new SpeedReport();
        var (floods, brokers, databases) = (new FloodRuns(report, size), new BrokerRuns(report, size), new DatabaseRuns(report, size));
        (string Name, Func<Task> Run)[] runs =
        [
            ("roads", () => RoadsAsync(report, size)),
            ("flood", floods.WholeRoadAsync),
            ("latency", floods.LatencyAsync),
            ("start", floods.StartAsync),
            ("flat", floods.FlatCostAsync),
            ("mosquitto", brokers.ChainAsync),
            ("steady", brokers.SteadyAsync),
            ("influxdb", databases.RunAsync),
            ("load", new LoadRuns(report, size).RunAsync),
        ];
        if (only?.Except(runs.Select(r => r.Name)).FirstOrDefault() is { } unknown)
        {
            System.Console.Error.WriteLine($"There is no measurement '{unknown}'. There are: {string.Join(", ", runs.Select(r => r.Name))}.");
            return 2;
        }

        foreach (var (name, run) in runs)
        {
            if (only is null || only.Contains(name))
            {
                await run();
            }
        }

        return 0;
    }

    private static async Task RoadsAsync(SpeedReport report, SpeedSize size)
    {
        SpeedReport.Begin("In memory: PUBLISH packets to line protocol");
        var messages = Math.Min(size.Flood, 300_000);
        const string Bare = "bare road: packet, JSON, line; nothing else", Ours = "ours: the whole intake, a store that forgets";
        report.Add(Bare, Roads.Bare(messages).CpuNs, "ns CPU/msg");
        var ours = await Roads.OursAsync(messages);
        report.Add(Ours, ours.CpuNs, "ns CPU/msg");
        report.Add("ours, allocated", ours.AllocatedBytes, "B/msg");
        report.Ratio("ours beside the bare road", Ours, Bare);
    }
}
