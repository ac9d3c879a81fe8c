using SmartFarm.Greenhouse.Calibration;

namespace SmartFarm.Tests.Calibration;

/// <summary>A history that a known house would have recorded, in made weather, with instruments that wander.</summary>
internal static class MadeHistory
{
    public static readonly SimpleHouse Truth = new()
    {
        CoverLoss = 4.4,
        Leakage = 1.6e-4,
        HeatCapacity = 52_000,
        LightTransmission = 0.33,
        VentArea = 0.03,
        EnergyScreenSaving = 0.35,
        RadiationTranspiration = 0.15,
        DeficitTranspiration = 1.4e-3,
        GroundExchange = 2.5,
    };

    /// <summary>Parameters that the made history drives and the fits look for.</summary>
    public static readonly string[] Kept = ["pipe_exchange", "blackout_screen_saving", "lamp_heat"];

    /// <param name="noise">Standard deviation of what the instruments add, K and g/m³.</param>
    /// <param name="memory">Share of it that stays from one row to the next: 0 is white noise.</param>
    public static List<HistoryRow> Of(int days, int seed, double noise, double memory = 0)
    {
        var random = new Random(seed);
        double Normal() => Math.Sqrt(-2 * Math.Log(1 - random.NextDouble())) * Math.Cos(2 * Math.PI * random.NextDouble());
        var rows = new List<HistoryRow>();
        var (cloud, front, wind) = (0.5, 0.0, 3.0);
        for (var i = 0; i < days * 144; i++)
        {
            var hour = i / 6.0;
            cloud = Math.Clamp(cloud + (0.08 * Normal()), 0.1, 1);
            front = (0.995 * front) + (0.3 * Normal());
            wind = Math.Clamp(wind + (0.3 * Normal()), 0, 12);
            var sun = Math.Max(0, Math.Sin((hour - 6) * Math.PI / 12));
            var night = sun <= 0;
            rows.Add(new HistoryRow(
                new DateTimeOffset(2026, 3, 1, 0, 0, 0, TimeSpan.Zero).AddHours(hour),
                new HouseInputs(
                    4 + front + (5 * Math.Sin((hour - 9) * Math.PI / 12)), 4 + (0.1 * front), 700 * sun * cloud, wind, sun > 0.5 ? 0.3 * cloud : 0,
                    night && i / 144 % 3 != 0 ? 1 : 0, 0, night && i / 18 % 2 == 0 ? 45 : 0, 0, 0),
                null,
                null));
        }

        var measured = rows.Select((row, i) => i == 0 ? row with { TemperatureC = 17, RelativeHumidityPercent = 70 } : row).ToList();
        var truth = Truth with { GroundTemperatureC = Ground(measured) };
        var states = new HistoryRun(measured).States(truth);
        var (t, x) = (0.0, 0.0);
        return
        [
            .. rows.Select((row, i) =>
            {
                t = (memory * t) + (Math.Sqrt(1 - (memory * memory)) * noise * Normal());
                x = (memory * x) + (Math.Sqrt(1 - (memory * memory)) * noise * Normal());
                var state = new SimpleState(states[i].TemperatureC + t, states[i].Vapour + x);
                return row with { TemperatureC = state.TemperatureC, RelativeHumidityPercent = state.RelativeHumidityPercent };
            }),
        ];
    }

    /// <summary>The ground of a house is as warm as the house is in the mean, which in turn depends a little on the ground.</summary>
    private static double Ground(List<HistoryRow> rows)
    {
        var ground = 15.0;
        for (var i = 0; i < 30; i++)
        {
            ground = new HistoryRun(rows).States(Truth with { GroundTemperatureC = ground }).Average(state => state.TemperatureC);
        }

        return ground;
    }
}
