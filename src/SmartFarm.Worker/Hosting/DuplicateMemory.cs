using SmartFarm.Pipeline.Intake;
using SmartFarm.Pipeline.Storage;

namespace SmartFarm.Worker.Hosting;

/// <summary>Before the field is heard: reminds the pipeline of what was stored last, so that what the broker sends again is known.</summary>
internal sealed class DuplicateMemory(IDurableStore store, IntakePipeline pipeline) : IHostedService
{
    public async Task StartAsync(CancellationToken cancellationToken) =>
        pipeline.Remember(await store.RecentFingerprintsAsync(DuplicateWindow.Capacity, cancellationToken));

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;
}
