namespace SmartFarm.Campaign.Checks;

/// <summary>A row of telemetry as the database gives it back.</summary>
internal readonly record struct StoredRow(string Device, bool HasPosition, long TimeMs, double? Temperature, double? Humidity);

/// <summary>The database's side of the check.</summary>
internal interface IRowSource
{
    /// <summary>How many rows of telemetry there are.</summary>
    Task<long> CountAsync();

    /// <summary>All of them.</summary>
    IAsyncEnumerable<StoredRow> ReadAsync();
}
