using Dapper;
using SmartFarm.Sqlite;
using SmartFarm.Sqlite.Engine;
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
                CountOneDropped();
                Deny(raw.SQLITE_TRANSACTION, "ROLLBACK");
                throw new InvalidOperationException("the first");
            },
            default).AsTask());

        Assert.Equal(("the first", 1), (error.Message, undone));
        Allow();
        await _writer.WriteAsync(CountOneDropped, default);
        Assert.Equal(1, _writer.Connection.ExecuteScalar<long>("SELECT quarantine_dropped FROM totals"));
    }

    public void Dispose()
    {
        Allow();
        _writer.Dispose();
        _directory.Dispose();
    }

    private void CountOneDropped() => _writer.Connection.Execute("UPDATE totals SET quarantine_dropped = quarantine_dropped + 1");

    /// <summary>Makes SQLite refuse one kind of statement, as a failing disk could.</summary>
    private void Deny(int action, string what) => raw.sqlite3_set_authorizer(
        _writer.Connection.Handle!,
        (object _, int code, string first, string _, string _, string _) => code == action && first == what ? raw.SQLITE_DENY : raw.SQLITE_OK,
        null);

    private void Allow() => raw.sqlite3_set_authorizer(_writer.Connection.Handle!, (object _, int _, string _, string _, string _, string _) => raw.SQLITE_OK, null);
}
