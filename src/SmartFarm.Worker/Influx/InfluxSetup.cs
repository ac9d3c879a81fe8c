using SmartFarm.Influx;

namespace SmartFarm.Worker.Influx;

/// <summary>What was found at start.</summary>
/// <param name="IsReady">Whether rows can be written as far as can be known.</param>
/// <param name="CanQuery">Whether history can be read back.</param>
/// <param name="Findings">A sentence for each thing to mend or to know; empty when all is well.</param>
public sealed record InfluxReadiness(bool IsReady, bool CanQuery, IReadOnlyList<string> Findings)
{
    /// <summary>Both together.</summary>
    public InfluxReadiness With(InfluxReadiness other) => new(IsReady && other.IsReady, CanQuery && other.CanQuery, [.. Findings, .. other.Findings]);
}

/// <summary>
/// Creates the database (1.x) or checks that it answers (2.x, 3.x), and checks that no field in it has a type other than the one we
/// write. May be repeated at any time; changes nothing that is there.
/// </summary>
public sealed class InfluxSetup(InfluxClient client)
{
    private readonly InfluxOptions _options = client.Options;
    private readonly TaskCompletionSource _looked = new(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <summary>Completes when the database was asked for the first time, whatever came of it: rows that come before would meet a database that is only being created.</summary>
    public Task Looked => _looked.Task;

    /// <summary>Creates and checks. Never throws but for cancellation.</summary>
    public async ValueTask<InfluxReadiness> PrepareAsync(CancellationToken cancellationToken)
    {
        try
        {
            return await LookAsync(mayCreate: true, cancellationToken);
        }
        finally
        {
            _looked.TrySetResult();
        }
    }

    /// <summary>Checks only, and changes nothing. Never throws but for cancellation.</summary>
    public ValueTask<InfluxReadiness> ExamineAsync(CancellationToken cancellationToken) => LookAsync(mayCreate: false, cancellationToken);

    private async ValueTask<InfluxReadiness> LookAsync(bool mayCreate, CancellationToken cancellationToken)
    {
        var ping = await client.PingAsync(cancellationToken);
        if (ping.Status == 0)
        {
            return NotReady(ping.Message);
        }

        if (_options.Version > 1 && IsBeforeVersion2Writes(ping.ServerVersion))
        {
            return NotReady($"{_options} says it is version {ping.ServerVersion}, which has no /api/v2/write: set SmartFarm:Influx:Version to 1.");
        }

        var refusal = _options.Version == 1 && mayCreate ? await CreateAsync(cancellationToken) : null;
        try
        {
            var readiness = Judge(await client.QueryAsync("SHOW FIELD KEYS", cancellationToken));
            return mayCreate && _options.Retention is { } kept ? readiness.With(await KeepForAsync(kept, cancellationToken)) : readiness;
        }
        catch (InfluxException e)
        {
            return NotReady(SentenceFor(refusal ?? e));
        }
    }

    /// <summary>Creates the database; the refusal, if any, matters only when the database is not there already.</summary>
    private async ValueTask<InfluxException?> CreateAsync(CancellationToken cancellationToken)
    {
        try
        {
            await client.QueryAsync($"CREATE DATABASE {InfluxQl.Identifier(_options.Database)}", cancellationToken);
            return null;
        }
        catch (InfluxException e)
        {
            return e;
        }
    }

    /// <summary>Sets how long the default retention policy of version 1 keeps rows. Shards as long as InfluxDB would choose itself.</summary>
    private async ValueTask<InfluxReadiness> KeepForAsync(TimeSpan kept, CancellationToken cancellationToken)
    {
        var database = InfluxQl.Identifier(_options.Database);
        try
        {
            var policies = await client.QueryAsync($"SHOW RETENTION POLICIES ON {database}", cancellationToken);
            var name = policies.SelectMany(series => series.Rows).FirstOrDefault(row => row[^1].Number != 0)?[0].Text ?? "autogen";
            var shard = kept < TimeSpan.FromDays(2) ? "1h" : kept <= TimeSpan.FromDays(180) ? "1d" : "7d";
            await client.QueryAsync(
                $"ALTER RETENTION POLICY {InfluxQl.Identifier(name)} ON {database} DURATION {(long)kept.TotalHours}h SHARD DURATION {shard}", cancellationToken);
            return new InfluxReadiness(true, true, []);
        }
        catch (InfluxException e)
        {
            return new InfluxReadiness(true, true, [$"How long rows are kept could not be set: {e.Message.TrimEnd('.')}. Set it by hand: ALTER RETENTION POLICY."]);
        }
    }

    private InfluxReadiness Judge(IReadOnlyList<InfluxSeries> fieldKeys)
    {
        if (fieldKeys.Any(series => series.Columns is not ["fieldKey", "fieldType"]))
        {
            return new InfluxReadiness(true, false, [$"{_options} takes rows but answers no InfluxQL: charts and replay need InfluxDB, or the database's own dashboards."]);
        }

        var findings = new List<string>();
        foreach (var series in fieldKeys)
        {
            foreach (var row in series.Rows)
            {
                var (field, type) = (row[0].Text ?? "", row[1].Text ?? "");
                if (InfluxSchema.TypeOf(series.Name, field) is { } ours && ours != type)
                {
                    findings.Add($"{_options}: field '{field}' of '{series.Name}' is {type} there, and we write {ours}: its rows will be refused until that measurement is dropped or the old shards end.");
                }
            }
        }

        return new InfluxReadiness(true, true, findings);
    }

    private string SentenceFor(InfluxException e) => e switch
    {
        { Status: 401 or 403 } => InfluxAdvice.For(_options, new InfluxReply(e.Status, InfluxVerdict.NeedsMending, "it refuses the query")),
        _ when InfluxAdvice.IsDatabaseMissing(e.Message) && e.Message.Contains("not found", StringComparison.OrdinalIgnoreCase) =>
            $"{e.Message.TrimEnd('.')}: {InfluxAdvice.HowToCreate(_options)}.",
        _ => e.Message,
    };

    private static InfluxReadiness NotReady(string finding) => new(false, false, [finding]);

    /// <summary><c>/api/v2/write</c> came with 1.8.</summary>
    private static bool IsBeforeVersion2Writes(string? version) =>
        Version.TryParse(version?.TrimStart('v').Split('~', '-', '+')[0], out var number) && number < new Version(1, 8);
}
