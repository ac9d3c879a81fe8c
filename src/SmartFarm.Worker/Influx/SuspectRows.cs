using SmartFarm.Influx;

namespace SmartFarm.Worker.Influx;

/// <summary>Sets fields of suspected type apart from the rows they stand in, so that all else is stored at once.</summary>
internal static class SuspectRows
{
    /// <summary>
    /// A shard of InfluxDB 1.x lasts an hour at least, and begins with one. The type of a field belongs to the shard, so values of different hours
    /// may be refused and stored in one body, and must not share one.
    /// </summary>
    private const long ShortestShardMs = 3_600_000;

    /// <summary>The groups to send, the last one first: the rows without those fields, then each such field by itself, an hour at a time.</summary>
    public static List<RowGroup> Set(ArraySegment<ReadOnlyMemory<byte>> rows, SuspectFields suspects)
    {
        if (suspects.IsEmpty)
        {
            return rows.Count > 0 ? [new RowGroup(rows)] : [];
        }

        var sound = new List<ReadOnlyMemory<byte>>(rows.Count);
        var apart = new Dictionary<(ulong Field, long Shard), List<ReadOnlyMemory<byte>>>();
        foreach (var bytes in rows)
        {
            var row = LineProtocolRow.Read(bytes);
            var shard = (row.TimeMs ?? 0) / ShortestShardMs;
            var kept = new List<ReadOnlyMemory<byte>>(row.Fields.Count);
            foreach (var field in row.Fields)
            {
                var key = SuspectFields.KeyOf(row.Measurement, LineProtocolRow.KeyOf(field.Span));
                if (!suspects.Contains(key))
                {
                    kept.Add(field);
                }
                else if (apart.TryGetValue((key, shard), out var same))
                {
                    same.Add(row.With([field]));
                }
                else
                {
                    apart.Add((key, shard), [row.With([field])]);
                }
            }

            if (kept.Count > 0)
            {
                sound.Add(kept.Count == row.Fields.Count ? bytes : row.With(kept));
            }
        }

        var groups = apart.Values.Select(same => new RowGroup(same.ToArray(), IsSuspect: true)).ToList();
        if (sound.Count > 0)
        {
            groups.Add(new RowGroup(sound.ToArray()));
        }

        return groups;
    }
}
