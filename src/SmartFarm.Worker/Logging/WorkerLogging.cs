using Microsoft.Extensions.Logging.Console;
using Microsoft.Extensions.DependencyInjection.Extensions;
using SmartFarm.Worker.Settings;

namespace SmartFarm.Worker.Logging;

/// <summary>The log on the console: text for people or JSON for collectors, without repetitions.</summary>
internal static class WorkerLogging
{
    public static void Add(ILoggingBuilder logging, LogSettings settings, TimeProvider clock)
    {
        logging.ClearProviders();
        if (settings.Format == "json")
        {
            logging.AddJsonConsole(o =>
            {
                (o.UseUtcTimestamp, o.TimestampFormat) = (true, "yyyy-MM-dd'T'HH:mm:ss.fff'Z'");
            });
        }
        else
        {
            logging.AddSimpleConsole(o =>
            {
                (o.SingleLine, o.TimestampFormat) = (true, "HH:mm:ss ");
            });
        }

        logging.Services.RemoveAll<ILoggerProvider>();
        logging.Services.AddSingleton<ILoggerProvider>(s => new ThrottledLoggerProvider(ActivatorUtilities.CreateInstance<ConsoleLoggerProvider>(s), clock));
    }
}
