using System.Text.Json;
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
    private List<Known>?[] _known = new List<Known>?[64];

    public SeriesTable(Writer writer)
    {
        _insert = writer.Prepare("INSERT INTO series (key, measurement, field, kind, tags) VALUES (?1, ?2, ?3, ?4, ?5) ON CONFLICT DO NOTHING");
        _find = writer.Prepare("SELECT id FROM series WHERE key = ?1 AND field = ?2 AND kind = ?3");

        // The ids may be of series whose insertion was undone.
        writer.RolledBack += () => Array.Clear(_known);
    }

    public long IdOf(in Point point)
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
                return entry.Id;
            }
        }

        var id = FindOrInsert(series, point.Field, kind);
        known.Add(new Known(series, point.Field, kind, id));
        return id;
    }

    private long FindOrInsert(Series series, string field, int kind)
    {
        _insert.Set(1, series.Key).Set(2, series.Measurement).Set(3, field).Set(4, kind).Set(5, JsonSerializer.Serialize(new Dictionary<string, string>(series.Tags))).Run();
        return _find.Set(1, series.Key).Set(2, field).Set(3, kind).Number();
    }

    private readonly record struct Known(Series Series, string Field, int Kind, long Id);
}
