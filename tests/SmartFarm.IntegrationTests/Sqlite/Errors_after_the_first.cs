using Dapper;
using Microsoft.Extensions.Logging.Abstractions;
using SmartFarm.Sqlite;
using SmartFarm.Sqlite.Engine;
using SmartFarm.Sqlite.Tables;
using SmartFarm.Testing;
using SQLitePCL;
using Xunit;

namespace SmartFarm.IntegrationTests.Sqlite;

public sealed class Errors_after_the_first : IDisposable
{
    private readonly TempFolder _directory = new();
    private readonly Writer _writer;

    public Errors_after_the_first() => _writer = Writer.Open(_directory.File(SqliteFolder.FileName), new SqliteOptions());

    [Fact]
    public async Task An_undoing_that_fails_hides_neither_the_first_error_nor_itself_from_who_must_forget()
    {
        var undone = 0;
        _writer.RolledBack += () => undone++;

        var error = await Assert.ThrowsAsync<InvalidOperationException>(() => _writer.WriteAsync(
            () =>
            {
                CountOneDamaged();
                Deny(raw.SQLITE_TRANSACTION, "ROLLBACK");
                throw new InvalidOperationException("the first");
            },
            default).AsTask());

        Assert.Equal(("the first", 1), (error.Message, undone));
        Allow();
        await _writer.WriteAsync(CountOneDamaged, default);
        Assert.Equal(1, _writer.Connection.ExecuteScalar<long>("SELECT spool_damaged FROM totals"));
    }

    [Fact]
    public async Task A_removal_that_is_on_disk_is_not_reported_as_failed()
    {
        var options = new SqliteOptions();
        var chunks = new SpoolTable(_writer, options, TimeProvider.System);
        var quarantine = new QuarantineTable(_writer, options, TimeProvider.System, NullLogger.Instance);
        var readers = new Readers(_directory.File(SqliteFolder.FileName));
        var spool = new Spool(_writer, readers, chunks, quarantine, TimeProvider.System, NullLogger.Instance);
        await _writer.WriteAsync(() => chunks.Insert("line\n"u8, 1), default);
        var chunk = await spool.PeekAsync(1000, default);
        readers.Dispose();
        Deny(raw.SQLITE_PRAGMA, "freelist_count");

        await spool.RemoveAsync(chunk!, [], default);

        Assert.Equal(0, _writer.Connection.ExecuteScalar<long>("SELECT count(*) FROM spool"));
    }

    public void Dispose()
    {
        Allow();
        _writer.Dispose();
        _directory.Dispose();
    }

    private void CountOneDamaged() => _writer.Connection.Execute("UPDATE totals SET spool_damaged = spool_damaged + 1");

    /// <summary>Makes SQLite refuse one kind of statement, as a failing disk could.</summary>
    private void Deny(int action, string what) => raw.sqlite3_set_authorizer(
        _writer.Connection.Handle!,
        (object _, int code, string first, string _, string _, string _) => code == action && first == what ? raw.SQLITE_DENY : raw.SQLITE_OK,
        null);

    private void Allow() => raw.sqlite3_set_authorizer(_writer.Connection.Handle!, (object _, int _, string _, string _, string _, string _) => raw.SQLITE_OK, null);
}
