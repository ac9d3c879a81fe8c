using SmartFarm.Pipeline.Storage;
using SmartFarm.Sqlite.Engine;

namespace SmartFarm.Sqlite;

/// <summary>
/// Looks into what the embedded store keeps, beside the worker that has the folder open or while none has. It reads the last commit, never writes and holds up nobody. Thread-safe.
/// </summary>
public sealed class ReadOnlyHistory : IHistory, IDisposable
{
    private readonly Readers _readers;
    private readonly History _history;

    /// <summary>Opens it.</summary>
    /// <param name="directory">The data folder.</param>
    /// <param name="options">Limits of an answer.</param>
    /// <exception cref="StoreException">Nothing was stored there.</exception>
    public ReadOnlyHistory(string directory, SqliteOptions options)
    {
        var path = Path.GetFullPath(Path.Combine(directory, SqliteFolder.FileName));
        if (!File.Exists(path))
        {
            throw new StoreException($"There is no history in '{directory}': nothing was stored there yet. Name the data folder with --data, or a file of readings with --csv.");
        }

        _readers = new Readers(path);
        _history = new History(_readers, options);
    }

    /// <inheritdoc/>
    public ValueTask<IReadOnlyList<HistorySeries>> ReadAsync(HistoryQuery query, CancellationToken cancellationToken) => _history.ReadAsync(query, cancellationToken);

    /// <inheritdoc/>
    public ValueTask<IReadOnlyList<RowSeries>> ReadRowsAsync(RowQuery query, CancellationToken cancellationToken) => _history.ReadRowsAsync(query, cancellationToken);

    /// <inheritdoc/>
    public void Dispose() => _readers.Dispose();
}
