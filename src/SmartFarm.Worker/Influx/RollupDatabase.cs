using SmartFarm.Influx;

namespace SmartFarm.Worker.Influx;

/// <summary>The database that means are written to: that of the values, or one of its own, to be kept longer.</summary>
/// <param name="Client">Its client.</param>
/// <param name="IsSeparate">Whether it is one of its own; its client is then disposed with this.</param>
public sealed record RollupDatabase(InfluxClient Client, bool IsSeparate) : IDisposable
{
    /// <summary>The one of that name beside the database of the values; without a name, the same.</summary>
    public static RollupDatabase Of(InfluxClient values, string? name) => name is null || name == values.Options.Database
        ? new RollupDatabase(values, false)
        : new RollupDatabase(new InfluxClient(values.Options with { Database = name, Retention = null }, values.Clock), true);

    /// <inheritdoc/>
    public void Dispose()
    {
        if (IsSeparate)
        {
            Client.Dispose();
        }
    }
}
