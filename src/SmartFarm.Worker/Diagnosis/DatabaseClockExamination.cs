using SmartFarm.Worker.Settings;

namespace SmartFarm.Worker.Diagnosis;

/// <summary>The clock of the database's computer agrees with ours: its queries for "the last hour" mean our last hour.</summary>
internal sealed class DatabaseClockExamination : IExamination
{
    private static readonly TimeSpan Tolerance = TimeSpan.FromSeconds(30);
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(5);

    public string Name => "its clock";

    public async Task<Finding> ExamineAsync(SmartFarmSettings settings, TimeProvider clock, CancellationToken cancellationToken)
    {
        if (string.IsNullOrEmpty(settings.Influx.Url))
        {
            return Finding.Well("the embedded store has no other clock.");
        }

        using var patience = new CancellationTokenSource(Patience, clock);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(patience.Token, cancellationToken);
        using var http = new HttpClient();
        try
        {
            using var answer = await http.GetAsync(new Uri(settings.Influx.Url.TrimEnd('/') + "/ping"), HttpCompletionOption.ResponseHeadersRead, either.Token);
            if (answer.Headers.Date is not { } theirs)
            {
                return Finding.Unknown($"{settings.Influx.Url} does not say what time it has.");
            }

            var ahead = theirs - clock.GetUtcNow();
            return ahead.Duration() <= Tolerance
                ? Finding.Well($"{settings.Influx.Url} has our time.")
                : Finding.Mend($"The clock at {settings.Influx.Url} is {ahead.Duration().TotalSeconds:0} s {(ahead > TimeSpan.Zero ? "ahead of" : "behind")} ours: set the wrong one of the two, and install a time service such as chrony on both.");
        }
        catch (Exception e) when (e is HttpRequestException || (e is OperationCanceledException && !cancellationToken.IsCancellationRequested))
        {
            return Finding.Unknown($"{settings.Influx.Url} cannot be reached.");
        }
    }
}
