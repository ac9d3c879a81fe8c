using SmartFarm.Domain.Commands;
using SmartFarm.Domain.Farms;
using SmartFarm.Domain.Quantities;
using SmartFarm.Domain.Wire;
using SmartFarm.Pipeline.Alarms;
using SmartFarm.Pipeline.Automation;
using SmartFarm.Pipeline.Commands;
using SmartFarm.Pipeline.Quarantine;
using SmartFarm.Pipeline.State;
using SmartFarm.Pipeline.Storage;

namespace SmartFarm.Testing.ConsoleHost;

/// <summary>A farm with one of each state that the console can show.</summary>
public static class SampleFarm
{
    public static MovableFarm At(DateTimeOffset now)
    {
        var ms = now.ToUnixTimeMilliseconds();
        return new MovableFarm
        {
            Now = [Weather(ms), Tomato(ms), Cucumber(ms), Nursery(), new ZoneView("turkestan-1", "gh4", "<b onmouseover=alert(1)>Hostile & Co</b>", "\"lettuce\"", [], 0, [], [])],
            Commands = [.. Stages().Select((s, i) => Record(now, i, s.Zone, s.Actuator, s.Target, s.Unit, s.Stage, s.Reason, s.Detail))],
            Counts = new Dictionary<string, LedgerCounts>
            {
                ["turkestan-1/climate-1"] = new() { Received = 481_203, Stored = 481_190, Duplicate = 11, Quarantined = 2, Late = 5, Flagged = 17 },
                ["unclaimed"] = new() { Received = 3, Quarantined = 3 },
            },
            Refused =
            [
                new QuarantineEntry(7, ms - 60_000, "farm/turkestan-1/climate-9/telemetry"u8.ToArray(), "{\"air_temperature\":21}"u8.ToArray(), 22, RejectReason.UnknownDevice, "No device of the farm has the address climate-9.", "unclaimed"),
                new QuarantineEntry(6, ms - 90_000, "farm/turkestan-1/climate-1/telemetry"u8.ToArray(), new byte[] { 0xff, 0xfe, 0x00 }, 3, RejectReason.BadUtf8, "The payload is not UTF-8.", "turkestan-1/climate-1"),
            ],
            Manual = new ManualPicture(
                [new OverrideView("turkestan-1", "gh1", "shade_screen", 30, "aigul", "washing the screen", ms + 5_400_000)],
                [new StopView("turkestan-1", "gh2", "timur", "<img src=x onerror=alert(1)> smoke", ms - 120_000)]),
            Alarms =
            [
                new AlarmEntry(new AlarmKey("turkestan-1", "gh1", "frost"), "critical", "air_temperature 2.4 °C < 3 °C for 10 min", ms - 660_000),
                new AlarmEntry(new AlarmKey("turkestan-1", "gh1", "command_no_effect", "pump"), "warning", "expected on: water_flow > 2 L/min within 10 s, not seen: water_flow 0 L/min", ms - 7_200_000, null, "aigul", ms - 7_000_000, "valve is shut"),
            ],
            History = query => [new HistorySeries(query.Tags, [.. Curve(query)])],
        };
    }

    public static ValueView Value(Quantity quantity, double value, long timeMs, bool fresh = true) => new(quantity, value, timeMs, fresh);

    private static ZoneView Weather(long ms) => new(
        "turkestan-1", "site", "Weather and water", null,
        [Value(Quantities.AirTemperature, -14.2, ms - 6000), Value(Quantities.WindSpeed, 6.4, ms - 6000), Value(Quantities.SolarRadiation, 312, ms - 6000), Value(Quantities.WaterLevel, 71, ms - 31000)],
        1, [new DeviceView("weather", ms - 6000, true, true)], []);

    private static ZoneView Tomato(long ms) => new(
        "turkestan-1", "gh1", "Greenhouse 1", "tomato",
        [
            Value(Quantities.AirTemperature, 23.44, ms - 3000), Value(Quantities.RelativeHumidity, 67.8, ms - 3000), Value(Quantities.Vpd, 0.934, ms - 3000),
            Value(Quantities.Co2, 812, ms - 3000), Value(Quantities.DewPoint, 17.1, ms - 3000), Value(Quantities.SoilMoisture, 41.2, ms - 190_000, false),
        ],
        0.83, [new DeviceView("climate-1", ms - 3000, true, true), new DeviceView("soil-1", ms - 190_000, false, true)],
        [
            new ActuatorView("roof_vent", ActuatorKind.Position, "%", 60, 22, "remote", ms - 4000, "vent-on-heat@7"),
            new ActuatorView("heater", ActuatorKind.Switch, null, 0, 0, "remote", ms - 4000, "heat-at-night@2"),
            new ActuatorView("shade_screen", ActuatorKind.Position, "%", 30, 75, "remote", ms - 4000, "interlock storm@1"),
        ]);

    private static ZoneView Cucumber(long ms) => new(
        "turkestan-1", "gh2", "Greenhouse 2", "cucumber",
        [Value(Quantities.AirTemperature, 19.9, ms - 4_320_000, false), Value(Quantities.RelativeHumidity, 88, ms - 4_320_000, false), Value(Quantities.Vpd, 0.28, ms - 4_320_000, false)],
        0, [new DeviceView("climate-2", ms - 4_320_000, false, false)],
        [
            new ActuatorView("roof_vent", ActuatorKind.Position, "%", 0, 35, "manual", ms - 20_000, "safe state"),
            new ActuatorView("pump", ActuatorKind.Switch, null, 1, 1, "remote", ms - 20_000, "irrigate@4"),
            new ActuatorView("lamp", ActuatorKind.Switch, null, null, null, null, null, ""),
        ]);

    private static ZoneView Nursery() => new("turkestan-1", "gh3", "Nursery", "seedlings", [], 0, [new DeviceView("climate-3", null, false, null)], []);

    private static IEnumerable<(string Zone, string Actuator, double Target, string? Unit, CommandStage Stage, string Reason, string Detail)> Stages() =>
    [
        ("gh1", "roof_vent", 60, "%", CommandStage.Running, "air_temperature 28.4 °C > 28 °C for 2 min", ""),
        ("gh1", "heater", 0, null, CommandStage.Succeeded, "air_temperature 22.0 °C > 21 °C", ""),
        ("gh1", "shade_screen", 30, "%", CommandStage.TimedOut, "wind_speed 15.4 m/s > 15 m/s", "No answer within 240 s."),
        ("gh2", "roof_vent", 0, "%", CommandStage.Rejected, "the rule has been blind for 30 min", "mode is manual"),
        ("gh2", "pump", 1, null, CommandStage.Succeeded, "soil_moisture 34.0 % < 35 %", ""),
        ("gh1", "roof_vent", 40, "%", CommandStage.Superseded, "air_temperature 28.1 °C > 28 °C for 2 min", ""),
        ("gh1", "roof_vent", 0, "%", CommandStage.Failed, "air_temperature 25.9 °C < 26 °C for 2 min", "motor current limit <script>alert(1)</script>"),
        ("gh2", "pump", 0, null, CommandStage.Expired, "soil_moisture 41.0 % > 40 %", "The broker could not be reached before its expiry."),
    ];

    private static CommandRecord Record(
        DateTimeOffset now, int index, string zone, string actuator, double target, string? unit, CommandStage stage, string reason, string detail)
    {
        var issued = now.AddMinutes(-1 - (index * 7));
        var command = new Command(new Guid(index + 1, 0, 0x7000, [128, 0, 0, 0, 0, 0, 0, 1]), actuator, target, unit, null, 100 - index, issued, issued.AddMinutes(5), reason);
        var record = new CommandRecord(command, "turkestan-1", zone, "ctrl-1", "sample-rule@7", stage, detail, issued.AddMilliseconds(40).ToUnixTimeMilliseconds(), null);
        return record.IsOpen ? record : record with { ClosedMs = issued.AddMilliseconds(640 + (index * index * 2310)).ToUnixTimeMilliseconds() };
    }

    private static IEnumerable<HistoryPoint> Curve(HistoryQuery query)
    {
        var (mean, swing) = query.Field switch { "air_temperature" => (22.0, 5.0), "relative_humidity" => (68, -14), "co2" => (760, 180), "vpd" => (0.9, 0.5), _ => (40, 6) };
        for (var at = query.FromMs / query.StepMs * query.StepMs; at < query.ToMs; at += query.StepMs)
        {
            var share = (at - query.FromMs) / (double)(query.ToMs - query.FromMs);
            if (share is < 0.55 or > 0.63)
            {
                yield return new HistoryPoint(at, mean + (swing * Math.Sin(share * 7)) + (swing * 0.06 * Math.Sin(at / 90_000.0)));
            }
        }
    }
}
