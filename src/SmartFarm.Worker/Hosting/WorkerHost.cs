using System.Net;
using Microsoft.AspNetCore.Connections;
using SmartFarm.Console;
using SmartFarm.Domain.Farms;
using SmartFarm.Domain.Wire;
using SmartFarm.Mqtt.Broker;
using SmartFarm.Payloads.Native;
using SmartFarm.Pipeline.Alarms;
using SmartFarm.Pipeline.Automation;
using SmartFarm.Pipeline.Automation.Explaining;
using SmartFarm.Pipeline.Automation.Sets;
using SmartFarm.Pipeline.Automation.Targets;
using SmartFarm.Pipeline.Clocks;
using SmartFarm.Pipeline.Commands;
using SmartFarm.Pipeline.Intake;
using SmartFarm.Pipeline.Quarantine;
using SmartFarm.Pipeline.Rollup;
using SmartFarm.Pipeline.State;
using SmartFarm.Pipeline.Status;
using SmartFarm.Pipeline.Storage;
using SmartFarm.Pipeline.Telemetry;
using SmartFarm.Pipeline.Usage;
using SmartFarm.Rules;
using SmartFarm.Simulator.LockStep;
using SmartFarm.Sqlite;
using SmartFarm.Worker.Hosting.Systemd;
using SmartFarm.Worker.Logging;
using SmartFarm.Worker.Mqtt;
using SmartFarm.Worker.Settings;
using SmartFarm.Worker.Stepping;
using SmartFarm.Worker.Telemetry;

namespace SmartFarm.Worker.Hosting;

/// <summary>
/// Puts the worker together. Hosted services start in the order of their registration and stop in the reverse: store, forwarder, desk,
/// rules, and last the field, so that nothing is taken before it can be kept. The field is also left first, before the servers stop listening.
/// </summary>
internal static class WorkerHost
{
    /// <param name="settings">Settings of the process.</param>
    /// <param name="farm">The farm.</param>
    /// <param name="rules">Its rules.</param>
    /// <param name="folder">What is kept on disk.</param>
    /// <param name="clock">The time of the farm and of the machine.</param>
    /// <param name="title">Title of the console; null: the name of the farm.</param>
    public static WebApplication Build(SmartFarmSettings settings, Farm farm, RuleBook rules, SqliteFolder folder, TimeProvider clock, string? title = null) =>
        CreateBuilder(settings, farm, rules, folder, clock, MachineTime.Of(clock), title).Finish();

    /// <summary>The same in the time of a simulation, which it is told by a clock that it follows from a first word on. Connections keep to the time of the machine.</summary>
    public static WebApplication BuildStepped(SmartFarmSettings settings, Farm farm, RuleBook rules, SqliteFolder folder, SteppedTime clock, ClockWord first, TimeProvider machine)
    {
        var builder = CreateBuilder(settings, farm, rules, folder, clock, new MachineTime(machine, Gathers: false), $"{farm.Id} · simulated time");
        builder.Services.AddSingleton(clock).AddSingleton(first).AddSingleton<ClockFollower>().AddHostedService(s => s.GetRequiredService<ClockFollower>());
        return builder.Finish();
    }

    private static WebApplicationBuilder CreateBuilder(
        SmartFarmSettings settings, Farm farm, RuleBook rules, SqliteFolder folder, TimeProvider clock, MachineTime machine, string? title)
    {
        // Settings are read once, at the start: to watch for their change would be to watch the whole folder that the worker stands in, its own data included.
        var builder = WebApplication.CreateSlimBuilder(new WebApplicationOptions
        {
            ApplicationName = typeof(WorkerHost).Assembly.GetName().Name,
            Args = ["--hostBuilder:reloadConfigOnChange=false"],
        });
        WorkerLogging.Add(builder.Logging, settings.Log, machine.Provider);
        builder.Logging.AddFilter("Microsoft", LogLevel.Warning);
        builder.Logging.AddFilter("SmartFarm.Mqtt", LogLevel.Warning);
        builder.Logging.AddFilter("Microsoft.Extensions.Diagnostics.HealthChecks", LogLevel.None);
        var services = builder.Services;
        services.AddSingleton(clock).AddSingleton(machine).AddSingleton<SteadyClock>().AddSingleton(settings).AddSingleton(farm).AddSingleton(rules).AddSingleton(folder);
        // Below the limit of StopLimit, so that the host gives up first and says what it was waiting for.
        services.Configure<HostOptions>(o => o.ShutdownTimeout = TimeSpan.FromSeconds(settings.Stop.LimitSeconds * 0.8));
        services.AddHostedService(s => OnMachineTime<StopLimit>(s));
        AddRoad(services, settings);
        AddStore(services, settings, folder);
        AddAutomation(services, settings, folder);
        AddTelemetry(services, settings);
        services.AddSingleton<FieldConnection>().AddHostedService(s => s.GetRequiredService<FieldConnection>());
        services.AddHostedService(s => OnMachineTime<SystemdLife>(s));
        services.AddSmartFarmConsole(new ConsoleOptions { Title = title ?? farm.Id });
        services.AddHealthChecks().AddCheck<StoreHealth>("store").AddCheck<BooksHealth>("books").AddCheck<DatabaseHealth>("database").AddCheck<FieldHealth>("mqtt");
        Listen(builder, settings);
        return builder;
    }

    private static WebApplication Finish(this WebApplicationBuilder builder)
    {
        var app = builder.Build();
        app.MapSmartFarmConsole();
        HealthEndpoints.Map(app);
        return app;
    }

    /// <summary>What waits for the network, a server or the end of the process waits by the time of the machine, also where that of the farm is told.</summary>
    internal static T OnMachineTime<T>(IServiceProvider services) => ActivatorUtilities.CreateInstance<T>(services, services.GetRequiredService<MachineTime>().Provider);

    private static void AddRoad(IServiceCollection services, SmartFarmSettings settings)
    {
        services.AddSingleton<SeriesCatalog>().AddSingleton<WorkerMetrics>().AddSingleton<ZoneSignal>().AddSingleton<FarmMap>();
        services.AddSingleton(new NativeTopics(settings.Mqtt.Root));
        services.AddSingleton<IPayloadFormat, NativeFormat>();
        services.AddSingleton<IReadingCheck, RangeCheck>().AddSingleton<IReadingCheck, MissingCheck>();
        services.AddSingleton<IntakePipeline>().AddSingleton<Replayer>();
    }

    private static void AddStore(IServiceCollection services, SmartFarmSettings settings, SqliteFolder folder)
    {
        services.AddSingleton(folder.Commands).AddSingleton(folder.RuleStates).AddSingleton(folder.RuleSets);
        services.AddSingleton<StoreRunner>().AddHostedService(s => s.GetRequiredService<StoreRunner>());
        services.AddSingleton<IOpenReadings>(s => s.GetRequiredService<StoreRunner>());
        services.AddHostedService<DuplicateMemory>();
        if (string.IsNullOrEmpty(settings.Influx.Url))
        {
            services.AddSingleton(folder.EmbeddedStore).AddSingleton(folder.History).AddSingleton(folder.Rollups).AddSingleton(folder.Retention);
            services.AddSingleton(folder.Quarantine).AddSingleton(folder.Ledger);
        }
        else
        {
            InfluxServices.Add(services, settings, folder);
        }

        services.AddSingleton(settings.Retention.Options()).AddSingleton<RollupWorker>().AddHostedService(s => s.GetRequiredService<RollupWorker>());
    }

    private static void AddAutomation(IServiceCollection services, SmartFarmSettings settings, SqliteFolder folder)
    {
        services.AddSingleton(new CommandOptions
        {
            Expiry = TimeSpan.FromSeconds(settings.Commands.ExpirySeconds),
            Heartbeat = TimeSpan.FromSeconds(settings.Commands.HeartbeatSeconds),
        });
        services.AddSingleton(folder.Alarms).AddSingleton<AlarmBook>().AddSingleton<IAlarmList>(s => s.GetRequiredService<AlarmBook>()).AddHostedService<AlarmKeeper>().AddSingleton<ZoneInbox>();
        services.AddSingleton<MqttCommandChannel>().AddSingleton<ICommandChannel>(s => s.GetRequiredService<MqttCommandChannel>());
        services.AddSingleton<CommandDesk>().AddHostedService(s => s.GetRequiredService<CommandDesk>());
        services.AddSingleton<IRuleFolder, RuleFolder>().AddSingleton<RuleSets>().AddSingleton<RuleSetKeeper>().AddHostedService(s => s.GetRequiredService<RuleSetKeeper>());
        services.AddSingleton<IManualView>(s => s.GetRequiredService<RuleWorker>()).AddSingleton<RuleWorker>().AddHostedService(s => s.GetRequiredService<RuleWorker>());
        services.AddSingleton<Explainer>();
        services.AddSingleton<IFarmView, FarmView>();
        services.AddHostedService<ClockWatch>();
    }

    private static void AddTelemetry(IServiceCollection services, SmartFarmSettings settings)
    {
        services.AddSingleton(new WorkerIdentity(Environment.MachineName.ToLowerInvariant(), "1"));
        services.AddSingleton<IWorkerSource, CounterSource>().AddSingleton<IWorkerSource, LatencySource>().AddSingleton<IWorkerSource, StoreSource>();
        services.AddSingleton<IWorkerSource, LedgerSource>().AddSingleton<IWorkerSource, ProcessSource>().AddSingleton<IWorkerSource, SessionSource>();
        services.AddSingleton<IWorkerSource, RollupSource>().AddSingleton<IWorkerSource>(new DiskSource(settings.Data));
        services.AddSingleton<IZonePictures>(s => s.GetRequiredService<RuleWorker>()).AddSingleton<IActuatorViews>(s => s.GetRequiredService<CommandDesk>());
        services.AddSingleton<ZoneStatus>().AddSingleton<DeviceStatus>().AddHostedService<StatusWriter>().AddHostedService<UsageWriter>();
        services.AddSingleton<SelfTelemetry>().AddHostedService(s => s.GetRequiredService<SelfTelemetry>());
        if (!string.IsNullOrEmpty(settings.Otlp.Endpoint))
        {
            services.AddSingleton<WorkerMeter>().AddHostedService<OtlpExport>();
        }
    }

    private static void Listen(WebApplicationBuilder builder, SmartFarmSettings settings)
    {
        if (settings.Broker.Enabled)
        {
            builder.Services.AddMqttBroker(new MqttBrokerOptions());
            builder.Services.AddSingleton<IMqttBrokerEvents, BrokerFaults>();
        }

        builder.WebHost.ConfigureKestrel(kestrel =>
        {
            kestrel.AddServerHeader = false;
            kestrel.Listen(Address(settings.Http.Address, "Http"), settings.Http.Port);
            if (settings.Broker.Enabled)
            {
                kestrel.Listen(Address(settings.Broker.Address, "Broker"), settings.Broker.Port, o => o.UseConnectionHandler<MqttBrokerConnectionHandler>());
            }
        });
    }

    private static IPAddress Address(string text, string section) => IPAddress.TryParse(text, out var address)
        ? address
        : throw new SettingsException($"SmartFarm__{section}__Address is '{text}'; it must be an IP address such as 127.0.0.1 or 0.0.0.0.");
}
