using SmartFarm.Pipeline.Alarms;
using SmartFarm.Pipeline.Automation.Targets;
using SmartFarm.Pipeline.Clocks;
using SmartFarm.Pipeline.Intake;
using SmartFarm.Pipeline.State;
using SmartFarm.Pipeline.Storage;

namespace SmartFarm.Pipeline.Status;

/// <summary>How each zone is: what its sensors, its alarms, its actuators and its rules say in one row. Thread-safe.</summary>
/// <param name="map">The zones.</param>
/// <param name="alarms">Their alarms.</param>
/// <param name="rules">How they stand to their rules.</param>
/// <param name="actuators">Their actuators.</param>
/// <param name="catalog">Series.</param>
public sealed class ZoneStatus(FarmMap map, IAlarmList alarms, IZonePictures rules, IActuatorViews actuators, SeriesCatalog catalog)
{
    /// <summary>A picture of the rules that is older says nothing about now: they do not get on.</summary>
    private const long PictureHoldsMs = 60_000;

    /// <summary>A row for each zone, and one for the devices of each site.</summary>
    public List<StatusRow> Read(Moment now)
    {
        var list = alarms.List();
        return [.. map.Zones.Select(zone => Read(zone, [.. list.Where(a => a.Key.Site == zone.Site.Id && a.Key.Zone == zone.Id)], now))];
    }

    private StatusRow Read(ZoneState zone, IReadOnlyList<AlarmEntry> open, Moment now)
    {
        var (sensors, bad, newestMs) = zone.Sensors(now.SteadyMs);
        var row = new StatusRow(catalog.Get(Schema.Zone, ("site", zone.Site.Id), ("zone", zone.Id)))
            .With("age_s", newestMs is { } ms ? (now.SteadyMs - ms) / 1000.0 : null)
            .With("trust", sensors > 0 ? (double)(sensors - bad) / sensors : null)
            .With("sensors", sensors)
            .With("sensors_bad", bad)
            .With("alarms", open.Count(a => a.ClearedMs is null))
            .With("alarms_critical", open.Count(a => a.ClearedMs is null && a.Severity == "critical"))
            .With("alarms_unacknowledged", open.Count(a => a.AcknowledgedBy is null));
        if (zone.Zone is not null)
        {
            AddControl(row.With("area", zone.Zone.AreaM2), zone, now);
        }

        return sensors == 0 ? row : row.With("status", Judge(row, hasRules: zone.Zone is not null));
    }

    /// <summary>What an operator is to do, in one number: 0 nothing, 1 look, 2 act now, 3 go and see, for nothing is known.</summary>
    private static double Judge(StatusRow row, bool hasRules)
    {
        if (row["sensors_bad"] == row["sensors"])
        {
            return 3;
        }

        if (row["alarms_critical"] > 0 || row["stopped"] > 0)
        {
            return 2;
        }

        var isQuiet = row["alarms"] == 0 && row["alarms_unacknowledged"] == 0 && row["sensors_bad"] == 0;
        var isLeftToRules = !hasRules || (row["overrides"] == 0 && row["not_remote"] == 0);
        return isQuiet && isLeftToRules && row["in_band"] is null or 1 ? 0 : 1;
    }

    private void AddControl(StatusRow row, ZoneState zone, Moment now)
    {
        row.With("not_remote", actuators.ViewOf(zone.Site.Id, zone.Id).Count(a => a.IsOnline == false || a.Mode is not (null or "remote")));
        if (rules.PictureOf(zone.Site.Id, zone.Id) is not { } picture || now.SteadyMs - picture.AtMs > PictureHoldsMs)
        {
            return;
        }

        double? bands = picture.Bands == 0 ? null : picture.Bands;
        row.With("in_band", picture.Within / bands).With("band_unknown", picture.Unknown / bands).With("overrides", picture.Overrides).With("stopped", picture.IsStopped);
    }
}
