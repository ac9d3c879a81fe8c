using System.Text.Json.Nodes;
using FsCheck;
using FsCheck.Fluent;
using SmartFarm.Greenhouse.VanHenten;
using SmartFarm.Testing;
using Xunit;

namespace SmartFarm.Tests.Greenhouse;

public sealed class The_published_greenhouse_is_as_published
{
    private static readonly VanHentenParameters P = new();
    private static readonly VanHentenModel Model = new(P);

    public static TheoryData<string> Names => [.. Cases.Load("vanhenten", "rates.json").Keys];

    [Theory]
    [InlineData(7.5e-6, -2.556630807491e-7, 5.412486824663e-7)]
    [InlineData(7.5e-5, -2.630716173345e-7, 4.753950239297e-7)]
    public void The_hand_check_vector_has_its_rates(double leakage, double co2, double humidity)
    {
        var rate = new VanHentenModel(P with { Leakage = leakage }).Derivative(new(0.05, 0.0012, 18, 0.010), new(0.5, 2, 60), new(300, 7.5e-4, 8, 6e-3));

        Assert.Equal(3.507927192428e-7, rate.DryMass, 1e-19);
        Assert.Equal(co2, rate.Co2, 1e-19);
        Assert.Equal(1.106666666667e-3, rate.TemperatureC, 1e-15);
        Assert.Equal(humidity, rate.Humidity, 1e-19);
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void Rates_and_outputs_are_those_of_another_implementation(string name)
    {
        var test = Cases.Load("vanhenten", "rates.json")[name];
        var (x, u, d) = (Numbers(test, "x"), Numbers(test, "u"), Numbers(test, "d"));
        var state = new VanHentenState(x[0], x[1], x[2], x[3]);

        var rate = new VanHentenModel(P with { Leakage = test["leakage"]!.GetValue<double>() })
            .Derivative(state, new VanHentenControls(u[0], u[1], u[2]), new VanHentenWeather(d[0], d[1], d[2], d[3]));
        var output = VanHentenOutput.Of(state);

        Same(Numbers(test, "rate"), [rate.DryMass, rate.Co2, rate.TemperatureC, rate.Humidity]);
        Same(Numbers(test, "output"), [output.DryMass, output.Co2Ppm, output.TemperatureC, output.RelativeHumidityPercent]);
    }

    /// <summary>The yield of 0.544 times the published quotient is the only growth; respiration is told from it by a run in the dark.</summary>
    [Fact]
    public void Inside_the_published_range_the_guard_alters_no_bit()
    {
        Prop.ForAll(Moments(293, 420, 53, 2000), m =>
        {
            var (x, d) = m;
            var light = P.LightUse * d.Radiation;
            var conductance = (-P.Conductance1 * x.TemperatureC * x.TemperatureC) + (P.Conductance2 * x.TemperatureC) - P.Conductance3;
            var above = x.Co2 - P.CompensationPoint;
            var quotient = light * conductance * above / (light + (conductance * above));
            var growth = P.Yield * ((1 - Math.Exp(-P.CanopyPerMass * x.DryMass)) * quotient);

            return Model.Derivative(x, default, d).DryMass == growth - (P.RespirationOfMass * (x.DryMass * Math.Pow(2, (0.1 * x.TemperatureC) - 2.5)));
        }).QuickCheckThrowOnFailure();
    }

    [Fact]
    public void Anywhere_from_frost_to_desert_photosynthesis_is_neither_negative_nor_more_than_the_light_allows()
    {
        Prop.ForAll(Moments(-450, 600, 0, 2000), m =>
        {
            var (x, d) = m;
            var uptake = (Model.Derivative(x, default, d).DryMass - Model.Derivative(x, default, d with { Radiation = 0 }).DryMass) / P.Yield;
            return (uptake >= 0 && uptake <= (P.LightUse * d.Radiation) + 1e-20).Label($"{uptake}");
        }).QuickCheckThrowOnFailure();
    }

    [Theory]
    [InlineData(2.925)]
    [InlineData(42.085)]
    public void Photosynthesis_fades_to_nothing_at_the_ends_of_its_range(double edge)
    {
        double Growth(double temperature) => Model.Derivative(new(0.05, 0.0012, temperature, 0.01), default, new(500, 7.5e-4, 8, 6e-3)).DryMass;
        var dark = Model.Derivative(new(0.05, 0.0012, edge, 0.01), default, new(0, 7.5e-4, 8, 6e-3)).DryMass;

        Assert.Equal(dark, Growth(edge - 1e-3), 2e-10);
        Assert.Equal(dark, Growth(edge + 1e-3), 2e-10);
    }

    [Fact]
    public void A_closed_house_settles_where_the_cover_loses_what_sun_and_heater_bring()
    {
        var tight = new VanHentenModel(P with { Leakage = 0 });
        var x = new VanHentenState(0.05, 0.0012, 18, 0.010);
        for (var hour = 0; hour < 96; hour++)
        {
            x = tight.Step(x, new(0, 0, 60), new(300, 7.5e-4, -8, 2e-3), 3600, 4);
        }

        Assert.Equal(-8 + ((60 + (0.2 * 300)) / 6.1), x.TemperatureC, 1e-9);
    }

    [Fact]
    public void Carbon_is_neither_made_nor_lost()
    {
        var tight = new VanHentenModel(P with { Leakage = 0 });
        var light = new VanHentenWeather(400, 7.5e-4, 18, 6e-3);
        var x = new VanHentenState(0.05, 0.0012, 18, 0.010);

        var rate = tight.Derivative(x, new(0.5, 0, 0), light);

        // In the air: supply − photosynthesis + respiration. Photosynthesis is what the crop gained before its own loss, over the yield.
        var breath = x.DryMass * Math.Pow(2, (0.1 * x.TemperatureC) - 2.5);
        var uptake = (rate.DryMass + (P.RespirationOfMass * breath)) / P.Yield;
        Assert.Equal(0.5e-6 - uptake + (P.RespirationOfCo2 * breath), rate.Co2 * P.Co2Capacity, 1e-20);
    }

    [Fact]
    public void Halving_the_sub_steps_shows_the_fourth_order()
    {
        VanHentenState After(int substeps) => Model.Step(new(0.05, 0.0012, 18, 0.010), new(0.5, 5, 60), new(300, 7.5e-4, 8, 6e-3), 1800, substeps);
        var exact = After(512);

        Assert.InRange(Math.Abs(After(8).Humidity - exact.Humidity) / Math.Abs(After(16).Humidity - exact.Humidity), 13, 20);
    }

    private static Arbitrary<(VanHentenState State, VanHentenWeather Weather)> Moments(int coldest, int hottest, int leastCo2, int mostCo2) => Arb.From(
        from temperature in Gen.Choose(coldest, hottest)
        from co2 in Gen.Choose(leastCo2, mostCo2)
        from mass in Gen.Choose(1, 300)
        from radiation in Gen.Choose(1, 1200)
        select (new VanHentenState(mass / 1000.0, co2 / 1e6, temperature / 10.0, 0.01), new VanHentenWeather(radiation, 7.5e-4, 8, 6e-3)));

    private static double[] Numbers(JsonNode test, string name) => [.. test[name]!.AsArray().Select(n => n!.GetValue<double>())];

    private static void Same(double[] expected, double[] actual) =>
        Assert.All(expected.Zip(actual), pair => Assert.Equal(pair.First, pair.Second, (1e-12 * Math.Abs(pair.First)) + 1e-21));
}
