using SmartFarm.Pipeline.Alarms;
using SmartFarm.Pipeline.Commands;

namespace SmartFarm.Sqlite;

/// <summary>The alarms of the farm, among the kept states under a site without a name: no site has none.</summary>
internal sealed class SqliteAlarmStore(IRuleStateStore states) : IAlarmStore
{
    private const string NoSite = "";
    private const string Alarms = "alarms";

    public ValueTask SaveAsync(ReadOnlyMemory<byte> alarms, CancellationToken cancellationToken) => states.SaveAsync(NoSite, Alarms, alarms, cancellationToken);

    public ValueTask<byte[]?> LoadAsync(CancellationToken cancellationToken) => states.LoadAsync(NoSite, Alarms, cancellationToken);
}
