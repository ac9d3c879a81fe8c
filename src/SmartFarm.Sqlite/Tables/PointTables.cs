using SmartFarm.Pipeline.Storage;
using SmartFarm.Sqlite.Engine;

namespace SmartFarm.Sqlite.Tables;

/// <summary>The values of the embedded store. The same series and time is one row; the last one written stays.</summary>
internal sealed class PointTables(Writer writer, DirtyWindows dirty)
{
    private readonly SeriesTable _series = new(writer);
    private readonly Statement _number = writer.Prepare("INSERT OR REPLACE INTO points (series_id, ts, value) VALUES (?1, ?2, ?3)");
    private readonly Statement _text = writer.Prepare("INSERT OR REPLACE INTO texts (series_id, ts, value) VALUES (?1, ?2, ?3)");

    public void Insert(ReadOnlySpan<Point> points)
    {
        foreach (ref readonly var point in points)
        {
            var series = _series.Of(point);
            if (point.Kind == FieldKind.Text)
            {
                _text.Set(1, series.Id).Set(2, point.TimeMs).Set(3, point.Text ?? "").Run();
                continue;
            }

            _number.Set(1, series.Id).Set(2, point.TimeMs).Set(3, point.Number).Run();
            if (series.IsRolledUp)
            {
                dirty.Note(series, point.TimeMs);
            }
        }
    }
}
