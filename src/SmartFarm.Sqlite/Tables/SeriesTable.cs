using System.Text.Json;
using SmartFarm.Pipeline.Rollup;
using SmartFarm.Pipeline.Storage;
using SmartFarm.Sqlite.Engine;

namespace SmartFarm.Sqlite.Tables;

/// <summary>
/// Lasting ids of series and field, remembered per <see cref="Series.Id"/>. What it remembers is bounded by the series of the process.
/// Used inside a transaction of the writer only.
/// </summary>
internal sealed class SeriesTable
{
    public const int Number = 0;
    public const int Text = 1;
    private readonly Statement _insert;
    private readonly Statement _find;
    private List<KnownSeries>?[] _known = new List<KnownSeries>?[64];

    public SeriesTable(Writer writer)
    {
        _insert = writer.Prepare("INSERT INTO series (key, measurement, field, kind, tags) VALUES (?1, ?2, ?3, ?4, ?5) ON CONFLICT DO NOTHING");
        _find = writer.Prepare("SELECT id FROM series WHERE key = ?1 AND field = ?2 AND kind = ?3");

        // The ids may be of series whose insertion was undone.
        writer.RolledBack += () => Array.Clear(_known);
    }

    public KnownSeries Of(in Point point)
    {
        var series = point.Series;
        var kind = point.Kind == FieldKind.Text ? Text : Number;
        if (series.Id >= _known.Length)
        {
            Array.Resize(ref _known, Math.Max(series.Id + 1, _known.Length * 2));
        }

        var known = _known[series.Id] ??= [];
        foreach (var entry in known)
        {
            // Two catalogues in one process give the same number to different series.
            if (ReferenceEquals(entry.Series, series) && entry.Kind == kind && entry.Field == point.Field)
            {
                return entry;
            }
        }

        var found = new KnownSeries(series, point.Field, kind, FindOrInsert(series, point.Field, kind));
        known.Add(found);
        return found;
    }

    private long FindOrInsert(Series series, string field, int kind)
    {
        _insert.Set(1, series.Key).Set(2, series.Measurement).Set(3, field).Set(4, kind).Set(5, JsonSerializer.Serialize(new Dictionary<string, string>(series.Tags))).Run();
        return _find.Set(1, series.Key).Set(2, field).Set(3, kind).Number();
    }
}

/// <summary>A series and field with its lasting id.</summary>
internal sealed class KnownSeries(Series series, string name, int kind, long id)
{
    public Series Series => series;

    public string Field => name;

    public int Kind => kind;

    public long Id => id;

    /// <summary>Whether its values are summed up over windows.</summary>
    public bool IsRolledUp { get; } = kind == SeriesTable.Number && RollupLevel.Measurements.Contains(series.Measurement);

    /// <summary>The window noted last, and under which version of the notes: saves most of the noting.</summary>
    public (long WindowMs, int Version) Noted { get; set; } = (long.MinValue, 0);
}
