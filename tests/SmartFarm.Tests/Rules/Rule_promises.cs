using FsCheck;
using FsCheck.Fluent;
using SmartFarm.Rules.Engine;
using Xunit;

namespace SmartFarm.Tests.Rules;

/// <summary>What must hold whatever the devices send: thousands of random runs with gaps, flags, late values and storms.</summary>
public sealed class Rule_promises
{
    private const int StaleAfterMs = 60_000;
    private const string Air = "air_temperature";
    private const string Humidity = "relative_humidity";
    private const string Wind = "site.wind_speed";
    private static readonly Config Runs = Config.QuickThrowOnFailure.WithMaxTest(500).WithEndSize(80);
    private static readonly SmartFarm.Rules.ZoneRules Rules = RuleRun.Compile();

    private static readonly SmartFarm.Rules.ZoneRules Several = RuleRun.Compile("""
        rules:
          - { id: heat, zones: [gh1], when: air_temperature > 28 °C for 1 min, set: { roof_vent: 60 % }, otherwise: { roof_vent: 0 % }, unknown: hold 2 min then safe }
          - { id: humid, zones: [gh1], when: relative_humidity > 85 %, until: relative_humidity < 80 % for 30 s, set: { roof_vent: 15 %, heater: on } }
          - { id: cold, zones: [gh1], when: air_temperature < 16 °C, until: air_temperature > 17 °C, set: { heater: on }, otherwise: { heater: off } }
        interlocks:
          - { id: storm, when: site.wind_speed > 15 m/s, until: site.wind_speed < 11 m/s for 2 min, force: { roof_vent: 5 % } }
          - { id: hot, when: air_temperature > 40 °C, force: { heater: off } }
        """);

    /// <summary>Seconds since the event before (a few negative: late), which quantity, its value, whether it is usable; or a tick.</summary>
    private static Gen<Said[]> Events { get; } =
        (from gap in Gen.Frequency((8, Gen.Choose(0, 50)), (1, Gen.Choose(50, 1500)), (1, Gen.Choose(-100, -1)))
         from what in Gen.Choose(0, 3)
         from temperature in Gen.Choose(130, 320)
         from other in Gen.Choose(0, 100)
         from isUsable in Gen.Frequency((9, Gen.Constant(true)), (1, Gen.Constant(false)))
         select (gap, what, temperature, other, isUsable))
        .ArrayOf()
        .Select(steps =>
        {
            var timeMs = 0L;
            return steps.Select(s =>
            {
                timeMs = Math.Max(0, timeMs + (s.gap * 1000L));
                return s.what switch
                {
                    0 => new Said(timeMs, Air, s.temperature / 10.0, s.isUsable),
                    1 => new Said(timeMs, Humidity, s.other, s.isUsable),
                    2 => new Said(timeMs, Wind, s.other / 4.0, s.isUsable),
                    _ => new Said(timeMs, null, 0, false),
                };
            }).ToArray();
        });

    [Fact]
    public void No_interlock_is_ever_broken() => ForAll(Rules, (run, step) =>
    {
        var wind = step.Newest(Wind);
        var isStorm = IsSeen(wind, run.State.NowMs) && wind.Value > 15;
        return !isStorm || run.State.WantedOf("roof_vent") is { Target: 0, Authority: Authority.Interlock };
    });

    [Fact]
    public void An_active_interlock_is_released_only_by_wind_that_is_known_to_be_low() => ForAll(Rules, (run, step) =>
        !step.WasForced || run.State.WantedOf("roof_vent")!.Authority == Authority.Interlock || step.Decisions.Any(d =>
            d.Actuator == "roof_vent" && IsSeen(step.NewestAt(d.TimeMs, Wind), d.TimeMs) && step.NewestAt(d.TimeMs, Wind).Value < 11));

    [Fact]
    public void No_rule_moves_an_actuator_away_from_safety_on_what_it_cannot_see() => ForAll(Several, (run, step) =>
        step.Decisions.Where(d => d is { Authority: Authority.Rule, Target: > 0 }).All(d =>
            IsSeen(step.NewestAt(d.TimeMs, d.Source.StartsWith("humid") ? Humidity : Air), d.TimeMs)));

    [Fact]
    public void A_safe_state_is_taken_only_after_the_declared_time_of_blindness() => ForAll(Several, (run, _) =>
        run.Decisions.Where(d => d.Authority == Authority.SafeState && !d.Source.StartsWith("storm") && !d.Source.StartsWith("hot")).All(d =>
            run.Traces.Any(t => t.Rule == d.Source && t.Truth == Truth.Unknown && d.TimeMs - t.TimeMs >= (d.Source.StartsWith("heat") ? 120_000 : 600_000))));

    [Fact]
    public void With_nothing_usable_nothing_is_ever_decided() =>
        Prop.ForAll(Events.ToArbitrary(), events =>
        {
            var run = new RuleRun(Several);
            foreach (var e in events)
            {
                run.Step((e with { IsUsable = false }).To(Several));
            }

            return run.Decisions.Count == 0;
        }).Check(Runs);

    [Fact]
    public void The_same_events_give_the_same_decisions_and_traces_through_any_restarts() =>
        Prop.ForAll(Events.ToArbitrary(), events =>
        {
            var (once, again) = (Run(events, Disturbance.None), Run(events, Disturbance.Restarts));
            return once.Decisions.SequenceEqual(again.Decisions) && once.Traces.SequenceEqual(again.Traces);
        }).Check(Runs.WithMaxTest(200));

    [Fact]
    public void Ticks_between_events_in_order_change_nothing() =>
        Prop.ForAll(Events.ToArbitrary(), events =>
        {
            var inOrder = events.OrderBy(e => e.TimeMs).ToArray();
            var (few, many) = (Run(inOrder, Disturbance.None), Run(inOrder, Disturbance.Ticks));
            return few.Decisions.SequenceEqual(many.Decisions) && few.Traces.SequenceEqual(many.Traces);
        }).Check(Runs.WithMaxTest(200));

    [Fact]
    public void Late_values_change_nothing() =>
        Prop.ForAll(Events.ToArbitrary(), events =>
        {
            var newest = new Dictionary<string, long>();
            var punctual = events.Where(e => e.Name is null || e.TimeMs >= newest.GetValueOrDefault(e.Name, long.MinValue)).Where(e =>
            {
                if (e.Name is not null)
                {
                    newest[e.Name] = e.TimeMs;
                }

                return true;
            }).ToArray();
            var (all, some) = (Run(events, Disturbance.None), Run(punctual, Disturbance.None));
            return all.Decisions.SequenceEqual(some.Decisions) && all.Traces.SequenceEqual(some.Traces);
        }).Check(Runs);

    [Fact]
    public void Time_never_goes_back() => ForAll(Several, (run, _) =>
        run.Decisions.Zip(run.Decisions.Skip(1)).All(p => p.First.TimeMs <= p.Second.TimeMs)
        && run.Traces.Zip(run.Traces.Skip(1)).All(p => p.First.TimeMs <= p.Second.TimeMs));

    [Fact]
    public void What_is_wanted_is_always_the_last_decision() => ForAll(Several, (run, _) =>
        run.Engine.Rules.Actuators.All(a => run.State.WantedOf(a.Id) == run.Decisions.LastOrDefault(d => d.Actuator == a.Id)));

    private static RuleRun Run(Said[] events, Disturbance disturbance)
    {
        var run = new RuleRun(Several, disturbance);
        foreach (var e in events)
        {
            run.Step(e.To(Several));
        }

        return run;
    }

    private static bool IsSeen(Said value, long nowMs) => value is { Name: not null, IsUsable: true } && nowMs - value.TimeMs <= StaleAfterMs;

    /// <summary>Checks after every event of every run.</summary>
    private static void ForAll(SmartFarm.Rules.ZoneRules rules, Func<RuleRun, Observer, bool> holds) =>
        Prop.ForAll(Events.ToArbitrary(), events =>
        {
            var run = new RuleRun(rules);
            var observer = new Observer(run);
            return events.All(e =>
            {
                observer.Step(e);
                return holds(run, observer);
            });
        }).Check(Runs);

    /// <summary>Keeps its own books, apart from the engine's: the newest value of each quantity before and after the last event.</summary>
    private sealed class Observer(RuleRun run)
    {
        private readonly Dictionary<string, Said> _before = [];
        private Said _last;

        public bool WasForced { get; private set; }

        public List<Decision> Decisions { get; private set; } = [];

        public void Step(Said e)
        {
            Take(_last);
            _last = e;
            WasForced = run.State.WantedOf("roof_vent") is { Authority: Authority.Interlock };
            var count = run.Decisions.Count;
            run.Step(e.To(run.Engine.Rules));
            Decisions = run.Decisions[count..];
        }

        public Said Newest(string name) =>
            _last.Name == name && _last.TimeMs >= _before.GetValueOrDefault(name).TimeMs ? _last : _before.GetValueOrDefault(name);

        /// <summary>What was newest when a decision of that time was taken: what fell due before the last event was decided without it.</summary>
        public Said NewestAt(long timeMs, string name) => timeMs < _last.TimeMs ? _before.GetValueOrDefault(name) : Newest(name);

        private void Take(Said e)
        {
            if (e.Name is not null)
            {
                _before[e.Name] = Newest(e.Name);
            }
        }
    }

    /// <summary>What a device says: a value of a quantity, or, without a name, nothing but that time has passed.</summary>
    private readonly record struct Said(long TimeMs, string? Name, double Value, bool IsUsable)
    {
        public RuleEvent To(SmartFarm.Rules.ZoneRules rules) =>
            Name is null ? RuleEvent.Tick(TimeMs) : RuleRun.Observed(rules, TimeMs, Name, Value, IsUsable, StaleAfterMs);
    }
}
