using System.CommandLine;
using SmartFarm.Sqlite;
using SmartFarm.Worker.Demo;
using SmartFarm.Worker.Hosting;

namespace SmartFarm.Worker.Cli;

/// <summary><c>smartfarm demo</c>: everything in one process, with a simulated farm; nothing else need be installed.</summary>
internal static class DemoCommand
{
    public static Command Create()
    {
        var options = new CommonOptions();
        var speed = new Option<double>("--speed") { Description = "How much faster than real time weather, houses and motors run.", DefaultValueFactory = _ => 10 };
        var past = new Option<double>("--past") { Description = "Hours of history that are made before the first start on a data folder.", DefaultValueFactory = _ => 6 };
        var command = new Command("demo", "Run a simulated farm with embedded broker, embedded store and web console.");
        options.AddTo(command);
        command.Options.Add(speed);
        command.Options.Add(past);
        command.SetAction(async (parsed, cancellationToken) =>
        {
            var settings = options.Settings(parsed);
            if (parsed.GetValue(options.Data) is null)
            {
                settings.Data.Directory = Path.Combine(settings.Data.Directory, "demo");
            }

            settings.Broker.Enabled = true;
            settings.Broker.Port = settings.Mqtt.Port;
            settings.Mqtt.Host = settings.Broker.Address;
            var (farm, rules) = FarmFolder.Require(settings.Farm);
            PortCheck.Require(settings);
            var isNew = !File.Exists(Path.Combine(settings.Data.Directory, SqliteFolder.FileName));
            var faster = parsed.GetValue(speed);
            await using var folder = SqliteFolder.Open(settings.Data.Directory, new SqliteOptions { MinFreeBytes = settings.Data.MinFreeBytes }, TimeProvider.System, LoggerFactory.Create(_ => { }));
            await using var app = WorkerHost.Build(settings, farm, rules, folder, TimeProvider.System, $"{farm.Id} · demo, a day in May, {faster:0.#} times as fast");
            await using var demo = new DemoFarm(settings, farm, faster, isNew ? TimeSpan.FromHours(parsed.GetValue(past)) : TimeSpan.Zero, TimeProvider.System);
            System.Console.WriteLine($"Console and API   http://{settings.Http.Address}:{settings.Http.Port}/");
            System.Console.WriteLine($"MQTT broker       mqtt://{settings.Broker.Address}:{settings.Broker.Port}   (try: mosquitto_sub -p {settings.Broker.Port} -t '{settings.Mqtt.Root}/#' -v)");
            System.Console.WriteLine($"Data              {Path.GetFullPath(settings.Data.Directory)}");
            await app.StartAsync(cancellationToken);
            var field = demo.RunAsync(app.Services, cancellationToken);
            await app.WaitForShutdownAsync(cancellationToken);
            await field;
            return ExitCodes.Fine;
        });
        return command;
    }
}
