using FsCheck;
using FsCheck.Fluent;
using SmartFarm.Domain.Quantities;
using SmartFarm.Greenhouse.Climate;
using SmartFarm.Simulator.Faults;
using SmartFarm.Simulator.Faults.Signals;
using Xunit;
using static SmartFarm.Tests.Simulator.Faults.FaultyDevice;

namespace SmartFarm.Tests.Simulator.Faults;

public sealed class A_sensor_errs_as_its_fault_says
{
    private static readonly Quantity Temperature = Quantities.AirTemperature;

    [Fact]
    public void Bias_adds_the_same_to_each_reading() => Assert.All(Errors(Temperature, Fault("bias", ("by", "-3"))), error => Assert.Equal(-3, error, 0.011));

    [Fact]
    public void Drift_grows_with_time()
    {
        var errors = Errors(Temperature, Fault("drift", ("per_day", "1440")));

        Assert.InRange(errors[0], 0, 0.2);
        Assert.All(errors.Zip(errors.Skip(1)), pair => Assert.Equal(1.0 / 6, pair.Second - pair.First, 0.03));
    }

    [Fact]
    public void Ageing_shows_an_ever_smaller_share()
    {
        var fault = Fault("ageing", ("per_day", "10")) with { Window = new FaultWindow(Start.AddDays(-10), null) };
        var reports = Run(fault);

        Assert.InRange(reports[0].Of(Quantities.Co2) / Run()[0].Of(Quantities.Co2), Math.Pow(0.9, 10) - 0.01, Math.Pow(0.9, 10) + 0.01);
    }

    [Fact]
    public void Noise_has_the_deviation_it_was_given_and_no_mean()
    {
        var fault = Fault("noise", ("sd", "5")) with { Window = new FaultWindow(Start, null) };
        var errors = Run(600, _ => Inside).Zip(Run(600, _ => Inside, fault)).Select(pair => pair.Second.Of(Temperature) - pair.First.Of(Temperature)).ToList();

        Assert.InRange(errors.Average(), -0.3, 0.3);
        Assert.InRange(Math.Sqrt(errors.Average(e => e * e)), 4.8, 5.2);
    }

    [Fact]
    public void Lag_shows_63_per_cent_of_a_step_after_its_time()
    {
        var fault = Fault("lag", ("time", "10 min")) with { Window = new FaultWindow(Start, null), Quantity = "co2" };
        var step = Start.AddMinutes(2);

        var reports = Run(40, now => Inside with { House = now < step ? HouseState.Of(24, 65) : HouseState.Of(24, 65) with { Co2Ppm = 1420 } }, fault);

        // The element's own 45 s come on top.
        Assert.InRange(reports.First(r => r.Time >= step.AddMinutes(10.75)).Of(Quantities.Co2), 1020, 1080);
        Assert.InRange(reports[^1].Of(Quantities.Co2), 1370, 1420);
    }

    [Fact]
    public void Radiation_makes_an_unventilated_sensor_too_warm_and_too_dry_by_day_only()
    {
        var fault = Fault("radiation_error", ("air_speed", "0.3")) with { Window = new FaultWindow(Start, null) };
        var day = Run(20, _ => Inside, fault)[^1];
        var night = Run(20, _ => Inside with { House = HouseState.Of(24, 65) }, fault)[^1];

        // Nakamura and Mahrt (2005): 373.4 × 420 / (1.2 × 1005 × 297.15 × 0.3) = 1.46 K.
        Assert.Equal(24 + 1.46, day.Of(Temperature), 0.25);
        Assert.InRange(day.Of(Quantities.RelativeHumidity), 58, 61);
        Assert.Equal(Run(20, _ => Inside)[^1].Of(Quantities.Co2), day.Of(Quantities.Co2));
        Assert.Equal(24, night.Of(Temperature), 0.25);
        Assert.Equal(65, night.Of(Quantities.RelativeHumidity), 1.5);
    }

    [Fact]
    public void Stuck_repeats_what_it_showed_first_while_the_house_cools_and_recovers_afterwards()
    {
        var fault = Fault("stuck");

        var reports = Run(8, now => Inside with { House = HouseState.Of(24 - (now - Start).TotalMinutes, 65) }, fault);

        var shown = reports.Where(r => fault.Window.IsOpen(r.Time)).Select(r => r.Of(Temperature)).ToList();
        Assert.Equal(24, shown.Count);
        Assert.Single(shown.Distinct());
        Assert.True(reports[^1].Of(Temperature) < shown[0] - 3, "It recovers.");
    }

    [Theory]
    [InlineData("stuck_at", "value", "0", 0)]
    [InlineData("sentinel", "value", "85", 85)]
    [InlineData("dropout", "share", "1", double.NaN)]
    public void These_show_one_thing(string kind, string parameter, string text, double shown)
    {
        var fault = Fault(kind, (parameter, text));

        Assert.All(Run(fault).Where(r => fault.Window.IsOpen(r.Time)), report => Assert.Equal(shown, report.Of(Temperature)));
    }

    [Fact]
    public void Spikes_come_as_often_and_as_high_as_they_were_asked_for_up_and_down()
    {
        var fault = Fault("spike", ("share", "0.1"), ("height", "40")) with { Window = new FaultWindow(Start, null) };
        var errors = Run(600, _ => Inside).Zip(Run(600, _ => Inside, fault)).Select(pair => Math.Round(pair.Second.Of(Temperature) - pair.First.Of(Temperature), 6)).ToList();

        Assert.Equal([-40.0, 0.0, 40.0], errors.Distinct().Order());
        Assert.InRange(errors.Count(e => e != 0) / (double)errors.Count, 0.08, 0.12);
    }

    [Fact]
    public void A_wrong_unit_changes_the_number_of_what_it_measures_and_nothing_else()
    {
        var fault = Fault("wrong_unit", ("unit", "°F"));
        var pairs = Run().Zip(Run(fault)).Where(pair => fault.Window.IsOpen(pair.First.Time)).ToList();

        Assert.All(pairs, pair => Assert.Equal((pair.First.Of(Temperature) * 1.8) + 32, pair.Second.Of(Temperature), 1e-5));
        Assert.All(pairs, pair => Assert.Equal(pair.First.Of(Quantities.RelativeHumidity), pair.Second.Of(Quantities.RelativeHumidity)));
    }

    [Fact]
    public void Two_faults_at_once_both_count()
    {
        var both = Run(Fault("bias", ("by", "5")), Fault("wrong_unit", ("unit", "K"))).Where(r => Fault("bias").Window.IsOpen(r.Time));

        Assert.All(both, report => Assert.Equal(24 + 5 + 273.15, report.Of(Temperature), 0.3));
    }

    [Fact]
    public void Outside_its_window_and_at_other_quantities_a_faulty_sensor_shows_what_a_healthy_one_would()
    {
        var healthy = Run();
        var kinds = FaultKinds.All.Where(kind => kind.Places == FaultPlace.Device).Select(kind => kind.Name).ToArray();
        var cases = Gen.Elements(kinds).SelectMany(kind => Gen.Choose(0, 480).SelectMany(start => Gen.Choose(1, 300).SelectMany(length => Gen.Choose(0, 1000).Select(seed => (kind, start, length, seed)))));
        Prop.ForAll(Arb.From(cases), c =>
        {
            var window = new FaultWindow(Start.AddSeconds(c.start), Start.AddSeconds(c.start + c.length));
            var reports = Run(Fault(c.kind) with { Window = window, Quantity = "air_temperature", Seed = c.seed });
            return healthy.Zip(reports).All(pair =>
                pair.First.Time == pair.Second.Time && pair.First.Seq == pair.Second.Seq
                && pair.First.Values.Zip(pair.Second.Values).All(v => (v.First.Key == v.Second.Key && v.First.Value.Equals(v.Second.Value)) || (v.First.Key == Temperature && IsTouched(c.kind, window, pair.First.Time))));
        }).Check(Config.QuickThrowOnFailure.WithMaxTest(300));

        // What sits before the element's own lag is still to be seen a while after its end.
        static bool IsTouched(string kind, FaultWindow window, DateTimeOffset time) => window.IsOpen(time) || (kind is "lag" or "radiation_error" && time >= window.Start);
    }

    [Fact]
    public void The_same_seed_errs_the_same_and_another_seed_errs_another_way()
    {
        Assert.Equal(Shown(seed: 1), Shown(seed: 1));
        Assert.NotEqual(Shown(seed: 1), Shown(seed: 2));

        static List<double> Shown(int seed) => [.. Run(Fault("noise") with { Seed = seed }).Select(r => r.Of(Temperature))];
    }

    [Fact]
    public void Every_sensor_fault_is_tried_by_name_in_this_file()
    {
        var text = File.ReadAllText(SmartFarm.Testing.Repository.PathOf("tests", "SmartFarm.Tests", "Simulator", "Faults", "A_sensor_errs_as_its_fault_says.cs"));
        var kinds = typeof(SignalFault).Assembly.GetTypes().Where(t => t.IsSubclassOf(typeof(SignalFault))).ToList();

        Assert.Equal(kinds.Count, FaultKinds.All.Count(kind => kind.Places == FaultPlace.Device));
        Assert.All(FaultKinds.All.Where(kind => kind.Places == FaultPlace.Device), kind => Assert.Contains($"\"{kind.Name}\"", text));
    }
}
