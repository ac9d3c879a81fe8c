using SmartFarm.IntegrationTests.Contracts;
using SmartFarm.Pipeline.Automation.Sets;
using SmartFarm.Pipeline.Commands;
using SmartFarm.Pipeline.Quarantine;
using SmartFarm.Pipeline.Storage;
using SmartFarm.Sqlite;

namespace SmartFarm.IntegrationTests.Sqlite;

public sealed class The_embedded_store_keeps_the_store_contract : Store_contract, IAsyncDisposable
{
    private readonly DataFolder _data = new();

    protected override IDurableStore Store => _data.Open.EmbeddedStore;

    protected override ILedger Ledger => _data.Open.Ledger;

    protected override IQuarantine Quarantine => _data.Open.Quarantine;

    public ValueTask DisposeAsync() => _data.DisposeAsync();

    protected override Task<Dictionary<(string Series, string Field, long TimeMs), string>> RowsAsync() => Task.FromResult(_data.EmbeddedRows());

    protected override Task ReopenAsync() => _data.ReopenAsync();
}

public sealed class The_spool_store_keeps_the_store_contract : Store_contract, IAsyncDisposable
{
    private readonly DataFolder _data = new();

    protected override IDurableStore Store => _data.SpoolStore;

    protected override ILedger Ledger => _data.Spool.Ledger;

    protected override IQuarantine Quarantine => _data.Spool.Quarantine;

    public ValueTask DisposeAsync() => _data.DisposeAsync();

    protected override Task<Dictionary<(string Series, string Field, long TimeMs), string>> RowsAsync() => _data.SpooledRowsAsync();

    protected override Task ReopenAsync() => _data.ReopenAsync();
}

public sealed class The_sqlite_quarantine_keeps_the_quarantine_contract : Quarantine_contract, IAsyncDisposable
{
    private readonly DataFolder _data = new(new SqliteOptions { MaxQuarantineEntries = 5 });

    protected override IQuarantine Quarantine => _data.Open.Quarantine;

    public ValueTask DisposeAsync() => _data.DisposeAsync();

    protected override async Task AddAsync(params QuarantineEntry[] entries)
    {
        var batch = new StoreBatch();
        batch.Quarantined.AddRange(entries);
        await _data.Open.EmbeddedStore.CommitAsync(batch, default);
    }
}

public sealed class The_sqlite_command_ledger_keeps_its_contract : CommandLedger_contract, IAsyncDisposable
{
    private readonly DataFolder _data = new(new SqliteOptions { MaxCommands = 6 });

    protected override ICommandLedger Ledger => _data.Open.Commands;

    public ValueTask DisposeAsync() => _data.DisposeAsync();

    protected override Task ReopenAsync() => _data.ReopenAsync();
}

public sealed class The_sqlite_rule_sets_keep_their_contract : RuleSetStore_contract, IAsyncDisposable
{
    private readonly DataFolder _data = new();

    protected override IRuleSetStore Store => _data.Open.RuleSets;

    public ValueTask DisposeAsync() => _data.DisposeAsync();

    protected override Task ReopenAsync() => _data.ReopenAsync();
}
