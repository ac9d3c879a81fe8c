using SmartFarm.Pipeline.Intake;
using SmartFarm.Pipeline.Storage;

namespace SmartFarm.Worker.Hosting;

/// <summary>Before the field is heard: reminds the pipeline of what was stored last, and of the running numbers of the devices.</summary>
internal sealed class DuplicateMemory(IDurableStore store, ILedger ledger, IntakePipeline pipeline) : IHostedService
{
    public async Task StartAsync(CancellationToken cancellationToken)
    {
        pipeline.Remember(await store.RecentFingerprintsAsync(DuplicateWindow.Capacity, cancellationToken));
        pipeline.Remember(await ledger.SequencesAsync(cancellationToken));
    }

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;
}
