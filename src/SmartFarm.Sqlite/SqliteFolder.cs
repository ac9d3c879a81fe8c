using Microsoft.Extensions.Logging;
using SmartFarm.Pipeline.Alarms;
using SmartFarm.Pipeline.Automation.Sets;
using SmartFarm.Pipeline.Commands;
using SmartFarm.Pipeline.Quarantine;
using SmartFarm.Pipeline.Rollup;
using SmartFarm.Pipeline.Storage;
using SmartFarm.Sqlite.Engine;
using SmartFarm.Sqlite.Tables;

namespace SmartFarm.Sqlite;

/// <summary>
/// The data folder of one worker: the file <c>smartfarm.db</c> and everything that is kept in it. Open in one process at a time. Every
/// write is one transaction that is on disk, fsync included, when its call returns. SQLite is synchronous, so calls work on the caller's
/// thread and return completed tasks. After a call that throws <see cref="StoreException"/> nothing of it is stored. Thread-safe, but for
/// the stores, which take one caller at a time.
/// <para>What grows: points of the embedded store, as far as <see cref="Retention"/> lets them, until <see cref="SqliteOptions.MaxFileBytes"/>; all else is bounded by
/// <see cref="SqliteOptions"/>, or by the number of series, devices and zones of the farm. Free room in the file is used again.</para>
/// </summary>
public sealed partial class SqliteFolder : IAsyncDisposable
{
    /// <summary>Name of the database file in the folder.</summary>
    public const string FileName = "smartfarm.db";

    private readonly FolderLock _lock;
    private readonly Writer _writer;
    private readonly Readers _readers;
    private readonly ILogger _logger;
    private readonly string _path;
    private bool _isClosed;

    private SqliteFolder(FolderLock folderLock, Writer writer, string path, SqliteOptions options, TimeProvider time, ILoggerFactory loggers)
    {
        (_lock, _writer, _path, _logger) = (folderLock, writer, path, loggers.CreateLogger<SqliteFolder>());
        _readers = new Readers(path);
        var space = new FreeSpace(path, Path.GetDirectoryName(path)!, options.MinFreeBytes, options.FreeBytesOf);
        var quarantine = new QuarantineTable(writer, options, time, loggers.CreateLogger<SqliteQuarantine>());
        var batches = new BatchTables(quarantine, new LedgerTable(writer), new SequenceTable(writer), new FingerprintTable(writer, options));
        var dirty = new DirtyWindows(writer, options);
        var pruned = new PrunedTable(writer);
        EmbeddedStore = new EmbeddedStore(writer, _readers, new PointTables(writer, dirty), batches, space);
        Rollups = new Rollups(writer, dirty, pruned, loggers.CreateLogger<Rollups>());
        Retention = new Retention(writer, _readers, pruned);
        RollupNotes = new RollupNotes(writer, _readers, options);
        History = new History(_readers, options);
        Quarantine = new SqliteQuarantine(writer, _readers, quarantine);
        Ledger = new SqliteLedger(_readers);
        SpoolBooks = new SqliteSpoolBooks(writer, _readers, batches, Ledger, Quarantine);
        Commands = new SqliteCommandLedger(writer, _readers, options);
        RuleStates = new SqliteRuleStateStore(writer, _readers, time);
        Alarms = new SqliteAlarmStore(RuleStates);
        RuleSets = new SqliteRuleSetStore(writer, _readers, time);
    }

    /// <summary>Keeps the points here: the database of a farm with one computer.</summary>
    public IDurableStore EmbeddedStore { get; }

    /// <summary>Reads what <see cref="EmbeddedStore"/> keeps.</summary>
    public IHistory History { get; }

    /// <summary>Means over minutes, quarters and hours of what <see cref="EmbeddedStore"/> keeps; <see cref="History"/> uses them.</summary>
    public IRollups Rollups { get; }

    /// <summary>Lets go of what <see cref="EmbeddedStore"/> has kept for long enough.</summary>
    public IRetention Retention { get; }

    /// <summary>What has to be summed up anew in another database.</summary>
    public IRollupNotes RollupNotes { get; }

    /// <summary>The books of a spool in front of another database: they fill <see cref="Ledger"/> and <see cref="Quarantine"/>.</summary>
    public ISpoolBooks SpoolBooks { get; }

    /// <summary>The refused messages.</summary>
    public IQuarantine Quarantine { get; }

    /// <summary>The counts.</summary>
    public ILedger Ledger { get; }

    /// <summary>The commands.</summary>
    public ICommandLedger Commands { get; }

    /// <summary>The state of the rules.</summary>
    public IRuleStateStore RuleStates { get; }

    /// <summary>The alarms.</summary>
    public IAlarmStore Alarms { get; }

    /// <summary>The published rule sets.</summary>
    public IRuleSetStore RuleSets { get; }

    /// <summary>Opens the folder, making it and its file when they are not there, and bringing an older format to the newest.</summary>
    /// <exception cref="StoreException">
    /// It is in use by another process, cannot be written, is full, is damaged, or holds a file of another program or of a newer version.
    /// </exception>
    public static SqliteFolder Open(string directory, SqliteOptions options, TimeProvider time, ILoggerFactory loggers)
    {
        var folderLock = FolderLock.Take(directory);
        try
        {
            if (Directory.Exists(Path.Combine(directory, DataFolderLock.RestoreFolder)))
            {
                throw new StoreException($"A restore into '{directory}' was begun and not ended. Run 'smartfarm restore' again, with --force.");
            }

            var path = Path.GetFullPath(Path.Combine(directory, FileName));
            var folder = new SqliteFolder(folderLock, Writer.Open(path, options), path, options, time, loggers);
            Log.Opened(folder._logger, path, Format.Newest);
            return folder;
        }
        catch
        {
            folderLock.Dispose();
            throw;
        }
    }

    /// <summary>How full the folder is.</summary>
    /// <exception cref="StoreException">The database could not be read.</exception>
    public ValueTask<SqliteStats> StatsAsync(CancellationToken cancellationToken) => _readers.ReadAsync(
        connection =>
        {
            using var row = new Statement(connection.Handle!, """
                SELECT page_count * page_size, freelist_count * page_size, quarantine_entries, quarantine_bytes, quarantine_dropped
                FROM totals, pragma_page_count, pragma_page_size, pragma_freelist_count
                """);
            row.Step();
            return new SqliteStats(row.Long(0), row.Long(1), row.Long(2), row.Long(3), row.Long(4), _writer.Log.Bytes, _writer.Log.HeldUp);
        },
        cancellationToken);

    /// <summary>Writes the log into the file and lets go of the folder. No call may be under way.</summary>
    public ValueTask DisposeAsync()
    {
        if (_isClosed)
        {
            return ValueTask.CompletedTask;
        }

        _isClosed = true;
        _readers.Dispose();
        _writer.Dispose();
        _lock.Dispose();
        Log.Closed(_logger, _path);
        return ValueTask.CompletedTask;
    }

    private static partial class Log
    {
        [LoggerMessage(1, LogLevel.Information, "Opened {Path}, format {Format}.")]
        public static partial void Opened(ILogger logger, string path, int format);

        [LoggerMessage(2, LogLevel.Information, "Closed {Path}.")]
        public static partial void Closed(ILogger logger, string path);
    }
}
