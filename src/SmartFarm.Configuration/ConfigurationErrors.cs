namespace SmartFarm.Configuration;

/// <summary>Collects everything that is wrong, so that all of it can be mended at once. Bounded: past <see cref="Limit"/> only the fact is kept. Not thread-safe.</summary>
public sealed class ConfigurationErrors
{
    /// <summary>The most errors that are kept.</summary>
    public const int Limit = 200;

    private readonly List<ConfigurationError> _errors = [];
    private int _dropped;

    /// <summary>Whether nothing is wrong.</summary>
    public bool IsEmpty => _errors.Count == 0;

    /// <summary>Adds an error; one that is there already, found again for another zone, is not repeated.</summary>
    public void Add(ConfigurationError error)
    {
        if (_errors.Contains(error))
        {
            return;
        }

        if (_errors.Count < Limit)
        {
            _errors.Add(error);
        }
        else
        {
            _dropped++;
        }
    }

    /// <summary>What was collected, in order of file, line and column.</summary>
    public IReadOnlyList<ConfigurationError> ToList()
    {
        var sorted = _errors.OrderBy(e => e.File, StringComparer.Ordinal).ThenBy(e => e.Line).ThenBy(e => e.Column);
        return _dropped == 0
            ? [.. sorted]
            : [.. sorted, new ConfigurationError(_errors[^1].File, 0, 0, "", $"There are {_dropped} more errors; mend these first.")];
    }
}
