namespace SmartFarm.Greenhouse.Calibration;

/// <summary>
/// Runs a house freely through a history: it sees what acted on it, but what was measured only at the start and after a gap. Thread-safe.
/// </summary>
/// <param name="rows">The history, in order of time.</param>
public sealed class HistoryRun(IReadOnlyList<HistoryRow> rows)
{
    /// <summary>After a gap as long as this the house starts anew from what is measured.</summary>
    private static readonly TimeSpan Gap = TimeSpan.FromMinutes(30);

    /// <summary>Longest step of the model.</summary>
    private const double LongestStep = 100;

    /// <summary>The state of the house at each row, up to the first measured one that of the first measured.</summary>
    /// <exception cref="ArgumentException">No row has both temperature and humidity.</exception>
    public SimpleState[] States(SimpleHouse house)
    {
        var model = new SimpleHouseModel(house);
        var states = new SimpleState[rows.Count];
        var state = rows.Select(row => row.Measured).FirstOrDefault(measured => measured is not null)
            ?? throw new ArgumentException("No row of the history has both a temperature and a humidity.");
        var started = false;
        for (var i = 0; i < rows.Count; i++)
        {
            var afterGap = i > 0 && rows[i].Time - rows[i - 1].Time >= Gap;
            if (rows[i].Measured is { } measured && (!started || afterGap))
            {
                state = measured;
                started = true;
            }

            states[i] = state;
            if (started && i + 1 < rows.Count)
            {
                state = Advance(model, state, rows[i].Inputs, (rows[i + 1].Time - rows[i].Time).TotalSeconds);
            }
        }

        return states;
    }

    private static SimpleState Advance(SimpleHouseModel model, SimpleState state, in HouseInputs inputs, double seconds)
    {
        var steps = (int)Math.Ceiling(Math.Min(seconds, Gap.TotalSeconds) / LongestStep);
        for (var i = 0; i < steps; i++)
        {
            state = model.Step(state, inputs, seconds / steps);
        }

        return state;
    }
}
