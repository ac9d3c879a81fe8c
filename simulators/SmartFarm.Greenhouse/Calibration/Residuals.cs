namespace SmartFarm.Greenhouse.Calibration;

/// <summary>What remains between a house and its history: model minus measurement, at every row where it was measured.</summary>
/// <param name="Rows">How many rows were measured.</param>
/// <param name="TemperatureRmse">Root mean square, K.</param>
/// <param name="TemperatureBias">Mean, K.</param>
/// <param name="TemperatureSpread">Standard deviation of what was measured, K: the root mean square that knowing no more than the mean would leave.</param>
/// <param name="HumidityRmse">Root mean square of the relative humidity, %.</param>
/// <param name="HumidityBias">Its mean, %.</param>
/// <param name="HumiditySpread">Standard deviation of the measured humidity, %.</param>
public sealed record Residuals(
    int Rows, double TemperatureRmse, double TemperatureBias, double TemperatureSpread, double HumidityRmse, double HumidityBias, double HumiditySpread)
{
    /// <summary>The residuals of states at the rows of a history.</summary>
    /// <param name="states">Temperature (°C) and relative humidity (%) of a model at each row.</param>
    public static Residuals Of(IReadOnlyList<HistoryRow> rows, IReadOnlyList<(double TemperatureC, double RelativeHumidityPercent)> states)
    {
        var pairs = rows.Zip(states).Where(pair => pair.First.Measured is not null).ToList();
        var temperature = new Sum();
        var humidity = new Sum();
        foreach (var (row, state) in pairs)
        {
            temperature.Add(row.TemperatureC!.Value, state.TemperatureC);
            humidity.Add(row.RelativeHumidityPercent!.Value, state.RelativeHumidityPercent);
        }

        return new Residuals(
            pairs.Count, temperature.Rmse(pairs.Count), temperature.Bias(pairs.Count), temperature.Spread(pairs.Count),
            humidity.Rmse(pairs.Count), humidity.Bias(pairs.Count), humidity.Spread(pairs.Count));
    }

    /// <summary>The residuals of a simple house that runs freely through a history.</summary>
    public static Residuals Of(SimpleHouse house, IReadOnlyList<HistoryRow> rows) =>
        Of(rows, [.. new HistoryRun(rows).States(house).Select(state => (state.TemperatureC, state.RelativeHumidityPercent))]);

    private sealed class Sum
    {
        private double _measured;
        private double _measuredSquared;
        private double _error;
        private double _errorSquared;

        public void Add(double measured, double model)
        {
            _measured += measured;
            _measuredSquared += measured * measured;
            _error += model - measured;
            _errorSquared += (model - measured) * (model - measured);
        }

        public double Rmse(int count) => Math.Sqrt(_errorSquared / count);

        public double Bias(int count) => _error / count;

        public double Spread(int count) => Math.Sqrt(Math.Max(0, (_measuredSquared / count) - (_measured * _measured / count / count)));
    }
}
