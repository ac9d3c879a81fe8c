using SmartFarm.Influx;
using SmartFarm.Pipeline.Storage;
using SmartFarm.Sqlite;
using SmartFarm.Worker.Influx;
using SmartFarm.Worker.Settings;

namespace SmartFarm.Worker.Hosting;

/// <summary>InfluxDB as the database, with the spool in front of it.</summary>
internal static class InfluxServices
{
    public static void Add(IServiceCollection services, InfluxSettings settings, SqliteFolder folder)
    {
        services.AddSingleton(Options(settings)).AddSingleton<InfluxClient>().AddSingleton<InfluxSetup>();
        services.AddSingleton<IPointEncoder, InfluxPointEncoder>().AddSingleton<IPointSink, InfluxPointSink>().AddSingleton<IHistory, InfluxHistory>();
        services.AddSingleton(folder.Spool);
        services.AddSingleton(s => folder.CreateSpoolStore(s.GetRequiredService<IPointEncoder>()));
        services.AddHostedService<InfluxPreparation>();
        services.AddSingleton<Forwarder>().AddHostedService(s => s.GetRequiredService<Forwarder>());
    }

    public static InfluxOptions Options(InfluxSettings settings) => new()
    {
        Url = new Uri(settings.Url!),
        Version = settings.Version,
        Database = settings.Database,
        Org = Empty(settings.Org),
        Token = Empty(settings.Token),
        TokenFile = Empty(settings.TokenFile),
        Username = Empty(settings.Username),
        Password = Empty(settings.Password),
        PasswordFile = Empty(settings.PasswordFile),
        Gzip = settings.Gzip ?? !new Uri(settings.Url!).IsLoopback,
    };

    private static string? Empty(string? text) => string.IsNullOrEmpty(text) ? null : text;
}
