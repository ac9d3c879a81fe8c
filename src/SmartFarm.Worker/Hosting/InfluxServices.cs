using SmartFarm.Influx;
using SmartFarm.Pipeline.Rollup;
using SmartFarm.Pipeline.Storage;
using SmartFarm.Spool;
using SmartFarm.Sqlite;
using SmartFarm.Worker.Influx;
using SmartFarm.Worker.Settings;

namespace SmartFarm.Worker.Hosting;

/// <summary>InfluxDB as the database, with the spool in front of it.</summary>
internal static class InfluxServices
{
    public static void Add(IServiceCollection services, SmartFarmSettings settings, SqliteFolder folder)
    {
        services.AddSingleton(Options(settings.Influx)).AddSingleton(WorkerHost.OnMachineTime<InfluxClient>).AddSingleton<InfluxSetup>();
        services.AddSingleton<IPointEncoder, InfluxPointEncoder>().AddSingleton<IHistory, InfluxHistory>();
        AddRollups(services, settings.Influx, folder);
        services.AddSingleton(s => SpoolFolder.Open(
            settings.Data.Directory, SpoolOptionsOf(settings), folder.SpoolBooks, s.GetRequiredService<TimeProvider>(), s.GetRequiredService<ILoggerFactory>()));
        services.AddSingleton(s => s.GetRequiredService<SpoolFolder>().Queue);
        services.AddSingleton(s => s.GetRequiredService<SpoolFolder>().Ledger).AddSingleton(s => s.GetRequiredService<SpoolFolder>().Quarantine);
        services.AddSingleton(s => s.GetRequiredService<SpoolFolder>().CreateStore(s.GetRequiredService<IPointEncoder>()));
        services.AddHostedService(WorkerHost.OnMachineTime<InfluxPreparation>);
        services.AddSingleton(WorkerHost.OnMachineTime<Forwarder>).AddHostedService(s => s.GetRequiredService<Forwarder>());
    }

    /// <summary>Rows of means take their own way: their notes stay until the database has them, so they need no spool.</summary>
    private static void AddRollups(IServiceCollection services, InfluxSettings settings, SqliteFolder folder)
    {
        services.AddSingleton(folder.RollupNotes).AddSingleton<InfluxPointSink>();
        services.AddSingleton<IPointSink>(s => new PreparedSink(
            new NotingSink(new SplitSink(s.GetRequiredService<InfluxPointSink>()), s.GetRequiredService<IRollupNotes>()), s.GetRequiredService<InfluxSetup>()));
        services.AddSingleton(s => RollupDatabase.Of(s.GetRequiredService<InfluxClient>(), Empty(settings.RollupDatabase)));
        services.AddSingleton<IRollups>(s => ActivatorUtilities.CreateInstance<InfluxRollups>(s, (IPointSink)new InfluxPointSink(s.GetRequiredService<RollupDatabase>().Client)));
    }

    public static InfluxOptions Options(InfluxSettings settings) => new()
    {
        Url = new Uri(settings.Url!),
        Version = settings.Version,
        Database = settings.Database,
        Retention = settings.RetentionDays is { } days ? TimeSpan.FromDays(days) : null,
        Org = Empty(settings.Org),
        Token = Empty(settings.Token),
        TokenFile = Empty(settings.TokenFile),
        Username = Empty(settings.Username),
        Password = Empty(settings.Password),
        PasswordFile = Empty(settings.PasswordFile),
        Gzip = settings.Gzip ?? !new Uri(settings.Url!).IsLoopback,
    };

    private static SpoolOptions SpoolOptionsOf(SmartFarmSettings settings) => new()
    {
        Order = settings.Spool.Order == SpoolSettings.NewestFirst ? SpoolOrder.NewestFirst : SpoolOrder.Strict,
        MaxBytes = settings.Spool.MaxBytes,
        MaxAge = settings.Spool.MaxAge,
        MinFreeBytes = settings.Data.MinFreeBytes,
    };

    private static string? Empty(string? text) => string.IsNullOrEmpty(text) ? null : text;
}
