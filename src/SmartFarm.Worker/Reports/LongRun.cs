using Spectre.Console;

namespace SmartFarm.Worker.Reports;

/// <summary>Shows how far a long run has come, on standard error and only when that is a terminal, so that what is piped stays clean.</summary>
internal static class LongRun
{
    /// <summary>Runs the work; it tells its progress from 0 to 1, from any thread.</summary>
    public static T Run<T>(string title, Func<IProgress<double>, T> work)
    {
        var console = AnsiConsole.Create(new AnsiConsoleSettings { Out = new AnsiConsoleOutput(System.Console.Error) });
        if (!console.Profile.Out.IsTerminal)
        {
            return work(new Teller(_ => { }));
        }

        return console.Progress().AutoClear(true).Columns(new TaskDescriptionColumn(), new ProgressBarColumn(), new PercentageColumn(), new RemainingTimeColumn())
            .Start(context =>
            {
                var task = context.AddTask(Markup.Escape(title), maxValue: 1);
                return work(new Teller(share => task.Value = share));
            });
    }

    private sealed class Teller(Action<double> tell) : IProgress<double>
    {
        public void Report(double value) => tell(value);
    }
}
