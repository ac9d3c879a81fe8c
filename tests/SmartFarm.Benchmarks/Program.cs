using BenchmarkDotNet.Running;
using SmartFarm.Benchmarks.Rules;
using SmartFarm.Benchmarks.Speed;

namespace SmartFarm.Benchmarks;

internal static class Entry
{
    private static async Task<int> Main(string[] args)
    {
        if (args is ["speed", .. var rest])
        {
            return await SpeedProgram.RunAsync(rest);
        }

        if (args is ["rules"])
        {
            return RuleRuns.Run();
        }

        BenchmarkSwitcher.FromAssembly(typeof(Entry).Assembly).Run(args);
        return 0;
    }
}
