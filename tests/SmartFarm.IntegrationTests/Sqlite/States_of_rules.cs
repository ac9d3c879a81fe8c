using Xunit;

namespace SmartFarm.IntegrationTests.Sqlite;

public sealed class States_of_rules : IAsyncDisposable
{
    private readonly DataFolder _data = new();

    [Fact]
    public async Task Come_back_after_reopening_each_zone_its_own_and_the_last_one_saved()
    {
        await _data.Open.RuleStates.SaveAsync("s", "gh1", new byte[] { 1 }, default);
        await _data.Open.RuleStates.SaveAsync("s", "gh2", ReadOnlyMemory<byte>.Empty, default);
        await _data.Open.RuleStates.SaveAsync("s", "gh1", new byte[] { 0, 255, 2 }, default);
        await _data.ReopenAsync();

        var first = await _data.Open.RuleStates.LoadAsync("s", "gh1", default);
        var second = await _data.Open.RuleStates.LoadAsync("s", "gh2", default);
        Assert.Equal(new byte[] { 0, 255, 2 }, first!);
        Assert.Empty(second!);
        Assert.Null(await _data.Open.RuleStates.LoadAsync("s2", "gh1", default));
    }

    [Fact]
    public async Task A_folder_may_be_closed_twice()
    {
        await _data.CloseAsync();
    }

    public ValueTask DisposeAsync() => _data.DisposeAsync();
}
