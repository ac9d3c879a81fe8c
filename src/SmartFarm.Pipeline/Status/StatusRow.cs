using SmartFarm.Pipeline.Storage;

namespace SmartFarm.Pipeline.Status;

/// <summary>A row of numbers in the making. Not thread-safe.</summary>
/// <param name="series">Where it belongs.</param>
public sealed class StatusRow(Series series)
{
    private readonly List<(string Field, double Value)> _fields = [];

    /// <summary>A field; null when it is not known.</summary>
    public double? this[string field] => _fields.Where(f => f.Field == field).Select(f => (double?)f.Value).FirstOrDefault();

    /// <summary>Adds a field, unless it is not known.</summary>
    public StatusRow With(string field, double? value)
    {
        if (value is { } known && double.IsFinite(known))
        {
            _fields.Add((field, known));
        }

        return this;
    }

    /// <summary>Adds a field of yes and no, unless it is not known.</summary>
    public StatusRow With(string field, bool? value) => With(field, value is { } known ? (known ? 1 : 0) : (double?)null);

    /// <summary>Hands it to the store; a row without a field is none.</summary>
    public void AddTo(StoreBatch batch, long wallMs)
    {
        foreach (var (field, value) in _fields)
        {
            batch.Add(Point.Of(series, field, value, wallMs));
        }
    }
}
