using System.Reflection;
using System.Text.Json;
using FsCheck;
using FsCheck.Fluent;
using SmartFarm.Agronomy;
using SmartFarm.Testing;
using Xunit;

namespace SmartFarm.Tests.Agronomy;

public sealed class Psychrometrics_agree_with_the_literature
{
    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web);

    public static TheoryData<string, double[], double?, double> Cases()
    {
        var data = new TheoryData<string, double[], double?, double>();
        foreach (var item in JsonSerializer.Deserialize<Case[]>(File.ReadAllText(Repository.PathOf("tests", "cases", "agronomy", "psychrometrics.json")), Json)!)
        {
            data.Add(item.Function, item.Inputs, item.Expected, item.Tolerance);
        }

        return data;
    }

    [Theory]
    [MemberData(nameof(Cases))]
    public void A_formula_gives_the_published_value(string function, double[] inputs, double? expected, double tolerance)
    {
        var method = typeof(Psychrometrics).GetMethod(function, BindingFlags.Public | BindingFlags.Static, [.. inputs.Select(_ => typeof(double))])!;

        var value = (double)method.Invoke(null, [.. inputs.Cast<object>()])!;

        if (expected is { } number)
        {
            Assert.InRange(value, number - tolerance, number + tolerance);
        }
        else
        {
            Assert.True(double.IsNaN(value), $"{function} gave {value} where it cannot know.");
        }
    }

    [Theory]
    [InlineData(double.NaN, 50)]
    [InlineData(20, double.NaN)]
    [InlineData(double.PositiveInfinity, 50)]
    [InlineData(20, double.NegativeInfinity)]
    public void What_is_not_a_number_stays_unknown(double temperature, double humidity)
    {
        Assert.True(double.IsNaN(Psychrometrics.Vpd(temperature, humidity)));
        Assert.True(double.IsNaN(Psychrometrics.DewPoint(temperature, humidity)));
        Assert.True(double.IsNaN(Psychrometrics.AbsoluteHumidity(temperature, humidity)));
        Assert.True(double.IsNaN(Psychrometrics.HumidityDeficit(temperature, humidity)));
    }

    [Fact]
    public void The_dew_point_never_lies_above_the_temperature_and_the_deficit_is_never_negative()
    {
        Prop.ForAll(Air, air =>
            Psychrometrics.DewPoint(air.T, air.Rh) <= air.T + 1e-9 && Psychrometrics.Vpd(air.T, air.Rh) >= 0).QuickCheckThrowOnFailure();
    }

    [Fact]
    public void Relative_humidity_comes_back_from_the_mass_of_water()
    {
        Prop.ForAll(Air, air =>
            Math.Abs(Psychrometrics.RelativeHumidity(air.T, Psychrometrics.AbsoluteHumidity(air.T, air.Rh)) - air.Rh) < 1e-9).QuickCheckThrowOnFailure();
    }

    private static Arbitrary<(double T, double Rh)> Air =>
        Arb.From(from t in Gen.Choose(-600, 800) from rh in Gen.Choose(1, 1000) select (t / 10.0, rh / 10.0));

    private sealed record Case(string Function, double[] Inputs, double? Expected, double Tolerance);
}
