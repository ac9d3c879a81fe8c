using SmartFarm.Pipeline.Storage;
using SmartFarm.Rules.Engine;

namespace SmartFarm.Pipeline.Automation;

/// <summary>Stores why: what each rule came to, who has each actuator, and where a rule set in shadow wants something else.</summary>
internal sealed class DecisionPoints(StoreRunner store, SeriesCatalog catalog)
{
    /// <summary>What a rule came to. Its time is by the wall clock.</summary>
    public void Trace(ZoneAutomation zone, Trace trace)
    {
        var series = catalog.Get(Schema.Decision, ("site", zone.Site), ("zone", zone.Zone), ("rule", trace.Rule));
        store.AddOwn((series, trace), static (batch, x) =>
        {
            batch.Add(Point.OfText(x.series, "truth", x.trace.Truth.ToString().ToLowerInvariant(), x.trace.TimeMs));
            batch.Add(Point.OfText(x.series, "text", x.trace.Text, x.trace.TimeMs));
            if (x.trace.Target is { } target)
            {
                batch.Add(Point.Of(x.series, "target", target, x.trace.TimeMs));
            }
        });
    }

    /// <summary>Who has an actuator.</summary>
    public void Arbitration(ZoneAutomation zone, Decision decision, double trust, int version, long wallMs)
    {
        var series = catalog.Get(Schema.Arbitration, ("site", zone.Site), ("zone", zone.Zone), ("actuator", decision.Actuator));
        store.AddOwn((series, decision, trust, version, wallMs), static (batch, x) =>
        {
            var (series, decision, trust, version, wallMs) = x;
            batch.Add(Point.Of(series, "target", decision.Target, wallMs));
            batch.Add(Point.OfText(series, "level", LevelOf(decision.Authority), wallMs));
            batch.Add(Point.OfText(series, "source", decision.Source, wallMs));
            batch.Add(Point.OfText(series, "reason", decision.Reason, wallMs));
            batch.Add(Point.OfText(series, "losers", decision.Losers, wallMs));
            batch.Add(Point.Of(series, "trust", trust, wallMs));
            batch.Add(Point.Of(series, "version", version, wallMs));
        });
    }

    /// <summary>What the rule set in shadow wants.</summary>
    public void Shadow(ZoneAutomation zone, ShadowDifference difference, int version, long wallMs)
    {
        if (difference.Shadow is not { } shadow)
        {
            return;
        }

        var series = catalog.Get(Schema.Shadow, ("site", zone.Site), ("zone", zone.Zone), ("actuator", difference.Actuator));
        store.AddOwn((series, difference, shadow, version, wallMs), static (batch, x) =>
        {
            var (series, difference, shadow, version, wallMs) = x;
            batch.Add(Point.Of(series, "target", shadow.Target, wallMs));
            batch.Add(Point.Of(series, "differs", difference.IsDifferent ? 1 : 0, wallMs));
            batch.Add(Point.OfText(series, "source", shadow.Source, wallMs));
            batch.Add(Point.OfText(series, "reason", shadow.Reason, wallMs));
            batch.Add(Point.Of(series, "version", version, wallMs));
            if (difference.Production is { } production)
            {
                batch.Add(Point.Of(series, "production", production.Target, wallMs));
            }
        });
    }

    /// <summary>The name of a step of the ladder, as stored.</summary>
    public static string LevelOf(Authority authority) => authority switch
    {
        Authority.EmergencyStop => "emergency_stop",
        Authority.Protection => "protection",
        Authority.DeviceFault => "device_fault",
        Authority.Interlock => "interlock",
        Authority.Manual => "manual",
        Authority.CropProtection => "crop_protection",
        Authority.Rule => "rule",
        Authority.Default => "default",
        _ => "safe_state",
    };
}
