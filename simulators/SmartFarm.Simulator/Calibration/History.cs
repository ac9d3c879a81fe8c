using SmartFarm.Greenhouse.Calibration;

namespace SmartFarm.Simulator.Calibration;

/// <summary>
/// A farm's recorded history from one or more files. The rows are those of the first file; what stands in another counts until its next row. A missing input keeps
/// its last value for up to an hour, and a row that lacks one for longer is left out.
/// </summary>
/// <param name="Rows">The rows in order of time.</param>
/// <param name="LeftOut">Rows left out: without a time, out of order, or without an input that is needed.</param>
internal sealed record History(IReadOnlyList<HistoryRow> Rows, int LeftOut)
{
    private static readonly TimeSpan Memory = TimeSpan.FromHours(1);
    private static readonly int Kinds = Enum.GetValues<HistoryColumn>().Length;

    /// <summary>Reads a history.</summary>
    /// <exception cref="SimulatorException">A file or a column is missing.</exception>
    public static History Read(IReadOnlyList<HistoryFile> files)
    {
        var tables = files.Select(HistoryTable.Read).ToList();
        var given = files.SelectMany(file => file.Columns).Select(column => column.Is).ToHashSet();
        var rows = new List<HistoryRow>();
        var last = Enumerable.Repeat((Time: DateTimeOffset.MinValue, Value: double.NaN), Kinds).ToArray();
        var next = new int[tables.Count];
        var leftOut = tables.Sum(table => table.LeftOut);
        foreach (var (time, values) in tables[0].Rows)
        {
            for (var t = 0; t < tables.Count; t++)
            {
                for (; next[t] < tables[t].Rows.Count && tables[t].Rows[next[t]].Time <= time; next[t]++)
                {
                    Remember(last, tables[t].Rows[next[t]]);
                }
            }

            if (Inputs(time, last, given) is { } inputs)
            {
                rows.Add(new HistoryRow(time, inputs, Measured(values, HistoryColumn.AirTemperature), Measured(values, HistoryColumn.RelativeHumidity)));
            }
            else
            {
                leftOut++;
            }
        }

        return new History(rows, leftOut);
    }

    /// <summary>The rows from one moment to before another.</summary>
    public IReadOnlyList<HistoryRow> Between(DateTimeOffset from, DateTimeOffset to) => [.. Rows.Where(row => row.Time >= from && row.Time < to)];

    private static void Remember((DateTimeOffset Time, double Value)[] last, (DateTimeOffset Time, double[] Values) row)
    {
        for (var k = 0; k < Kinds; k++)
        {
            if (double.IsFinite(row.Values[k]))
            {
                last[k] = (row.Time, row.Values[k]);
            }
        }
    }

    private static HouseInputs? Inputs(DateTimeOffset time, (DateTimeOffset Time, double Value)[] last, HashSet<HistoryColumn> given)
    {
        var known = given.Where(kind => kind is not (HistoryColumn.AirTemperature or HistoryColumn.RelativeHumidity)).All(kind => time - last[(int)kind].Time <= Memory);
        double Value(HistoryColumn kind, double without = 0) => given.Contains(kind) ? last[(int)kind].Value : without;
        double Share(HistoryColumn kind) => Math.Clamp(Value(kind) / 100, 0, 1);
        var temperature = Value(HistoryColumn.OutsideTemperature);
        return known
            ? new HouseInputs(
                temperature,
                SimpleState.Of(temperature, Math.Clamp(Value(HistoryColumn.OutsideHumidity), 0, 100)).Vapour,
                Math.Max(0, Value(HistoryColumn.SolarRadiation)),
                Math.Max(0, Value(HistoryColumn.WindSpeed)),
                Share(HistoryColumn.Vent),
                Share(HistoryColumn.EnergyScreen),
                Share(HistoryColumn.BlackoutScreen),
                Value(HistoryColumn.PipeTemperature, without: -273),
                Value(HistoryColumn.Heat),
                Share(HistoryColumn.Lamps),
                Value(HistoryColumn.NetSkyRadiation, without: double.NaN))
            : null;
    }

    private static double? Measured(double[] values, HistoryColumn kind) => double.IsFinite(values[(int)kind]) ? values[(int)kind] : null;
}
