namespace SmartFarm.Worker.Diagnosis;

/// <summary>Everything that is looked at, from the inside out.</summary>
internal static class Doctor
{
    public static IReadOnlyList<IExamination> Examinations { get; } =
    [
        new SettingsExamination(),
        new FarmExamination(),
        new DiskExamination(),
        new FileSystemExamination(),
        new HolderExamination(),
        new StoreExamination(),
        new MemoryExamination("/sys/fs/cgroup"),
        new OpenFilesExamination(),
        new ClockExamination(),
        new TimeServiceExamination(),
        new PortExamination(),
        new WorkerExamination(),
        new BrokerExamination(),
        new DeliveryExamination(),
        new DroppedExamination(),
        new DatabaseExamination(),
        new DatabaseWriteExamination(),
        new DatabaseMemoryExamination(),
        new DatabaseClockExamination(),
        new LedgerExamination(),
    ];
}
