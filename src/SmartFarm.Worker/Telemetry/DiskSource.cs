using SmartFarm.Pipeline.Telemetry;
using SmartFarm.Worker.Settings;

namespace SmartFarm.Worker.Telemetry;

/// <summary>Room on the disk of the data folder. Left out while the disk does not say.</summary>
internal sealed class DiskSource(DataSettings data) : IWorkerSource
{
    public IReadOnlyList<WorkerField> Fields { get; } =
        [new("disk_left_bytes", "By", FieldBehaviour.Gauge, "Bytes that may still be written to the disk of the data folder; at 0 nothing more is acknowledged.")];

    public ValueTask ReadAsync(Action<string, double> tell, CancellationToken cancellationToken)
    {
        try
        {
            tell("disk_left_bytes", new DriveInfo(Path.GetFullPath(data.Directory)).AvailableFreeSpace - data.MinFreeBytes);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or ArgumentException)
        {
            // A disk that does not say. One that is full is reported by the store.
        }

        return ValueTask.CompletedTask;
    }
}
