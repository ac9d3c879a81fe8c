namespace SmartFarm.Campaign.Cases;

/// <summary>The table of cases, in the order they run.</summary>
internal static class AllCases
{
    public static IReadOnlyList<ICase> Make() =>
    [
        new KillWorker(),
        new KillWorkerBehindMosquitto(),
        new KillMosquitto(),
        new KillInflux(),
        new OutageOfAnHour(null),
        new OutageOfAnHour("newest_first"),
        .. NetworkFaults.All(),
        .. InfluxFaults.All(),
        new TypeConflict(),
        .. BrokerFaults.All(),
        new DiskFull(),
        new SpoolDamage(cuts: false),
        new SpoolDamage(cuts: true),
        new PoisonFlood(),
        new TwoWorkers(),
        new ClockJumps(),
        new Sigterm(),
        new Soak(),
    ];
}
