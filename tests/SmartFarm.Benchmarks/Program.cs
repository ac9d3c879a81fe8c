using BenchmarkDotNet.Running;
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

        BenchmarkSwitcher.FromAssembly(typeof(Entry).Assembly).Run(args);
        return 0;
    }
}
