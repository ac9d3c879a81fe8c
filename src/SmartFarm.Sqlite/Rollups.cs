using Microsoft.Extensions.Logging;
using SmartFarm.Pipeline.Rollup;
using SmartFarm.Sqlite.Engine;
using SmartFarm.Sqlite.Tables;

namespace SmartFarm.Sqlite;

/// <summary>The windows of the embedded store. Each call is one short transaction: made, noted above, and no longer due, all or nothing.</summary>
internal sealed partial class Rollups(Writer writer, DirtyWindows dirty, PrunedTable pruned, ILogger logger) : IRollups
{
    /// <summary>Windows made in one transaction: some milliseconds, which a commit may have to wait.</summary>
    private const int MostAtOnce = 256;

    private readonly RollupTables[] _levels = [.. RollupLevel.All.Select(level => new RollupTables(writer, level))];

    public async ValueTask<int> RollUpAsync(RollupLevel level, long endedByMs, CancellationToken cancellationToken)
    {
        var made = 0;
        await writer.WriteAsync(() => made = Make(_levels[level.Number - 1], endedByMs), cancellationToken);
        return made;
    }

    private int Make(RollupTables tables, long endedByMs)
    {
        var level = tables.Level;
        var due = dirty.Due(level, endedByMs, MostAtOnce);
        foreach (var (window, series) in due)
        {
            dirty.Done(level, window, series);
            if (series == DirtyWindows.AllSeries)
            {
                Log.Expanded(logger, DateTimeOffset.FromUnixTimeMilliseconds(window));
                dirty.Expand(level, window);
                continue;
            }

            if (window < pruned.Until(series, level.Finer))
            {
                tables.Add(series, window);
            }
            else
            {
                tables.Make(series, window);
            }

            if (level.Coarser is { } coarser)
            {
                dirty.Note(coarser, coarser.StartOf(window), series);
            }
        }

        return due.Count;
    }

    private static partial class Log
    {
        [LoggerMessage(LogLevel.Warning, "So many windows were waiting that the one of {Window:u} was noted for all series at once; it is made for each now.")]
        public static partial void Expanded(ILogger logger, DateTimeOffset window);
    }
}
