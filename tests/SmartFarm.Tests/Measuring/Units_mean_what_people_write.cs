using System.Text.Json;
using SmartFarm.Configuration.Values;
using SmartFarm.Domain.Quantities;
using SmartFarm.Testing;
using Xunit;

namespace SmartFarm.Tests.Measuring;

/// <summary>Runs <c>tests/cases/units/units.json</c>. A wrong factor here would irrigate ten times too much.</summary>
public sealed class Units_mean_what_people_write
{
    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web);

    private static readonly CaseFile Cases = JsonSerializer.Deserialize<CaseFile>(File.ReadAllText(Repository.PathOf("tests", "cases", "units", "units.json")), Json)!;

    [Fact]
    public void A_unit_is_known_by_every_usual_spelling()
    {
        Assert.All(Cases.Spellings, it => Assert.All(it.Typed, typed => Assert.Equal(it.Symbol, Find(typed)?.Symbol)));
    }

    [Fact]
    public void What_is_no_unit_is_not_taken_for_one()
    {
        Assert.All(Cases.Unknown, typed => Assert.Null(Find(typed)));
    }

    [Fact]
    public void Values_convert_by_the_definitions_of_the_units()
    {
        Assert.All(Cases.Conversions, it =>
        {
            var ((value, from), (expected, to)) = (Value(it.From), Value(it.To));
            Assert.Equal(expected, from.Convert(value, to), 1e-4 * expected);
        });
    }

    [Fact]
    public void An_integral_has_the_unit_and_the_size_of_a_sum_over_time()
    {
        Assert.All(Cases.Integrals, it =>
        {
            var ((value, of), (expected, sum)) = (Value(it.Of), Value(it.Is));
            Assert.True(Durations.TryParse(it.For, out var time));
            var (unit, perSecond) = Units.IntegralOf(of)!.Value;
            Assert.Equal(sum, unit);
            Assert.Equal(expected, value * perSecond * time.TotalSeconds, 1e-9);
        });
    }

    [Fact]
    public void A_rate_integrated_over_time_is_what_changed()
    {
        foreach (var (sum, perSecond) in Units.All.Select(Units.IntegralOf).OfType<(Unit, double)>())
        {
            var rate = Units.RateOf(sum);
            Assert.True(rate is null || Units.All.Contains(rate));
            Assert.True(perSecond > 0);
        }

        // 1 W/m² for an hour is a radiation sum, and its rate is 1 W/m² again.
        var integral = Units.IntegralOf(Units.WattPerM2)!.Value;
        Assert.Equal(1, Units.RateOf(integral.Unit)!.Convert(integral.PerSecond * 3600, Units.WattPerM2), 1e-12);
    }

    [Fact]
    public void Every_quantity_has_a_unit_of_the_table_and_some_have_no_rate_or_sum()
    {
        Assert.All(Quantities.All, quantity => Assert.Contains(quantity.Unit, Units.All));
        Assert.Null(Units.RateOf(Units.Degree));
        Assert.Null(Units.IntegralOf(Units.Ph));
    }

    private static Unit? Find(string typed) => Units.TryGet(typed, out var unit) ? unit : null;

    private static (double Value, Unit Unit) Value(string text) =>
        Amount.TryParse(text, out var amount) && Find(amount.Unit) is { } unit ? (amount.Value, unit) : throw new FormatException(text);

    private sealed record CaseFile(Spelling[] Spellings, string[] Unknown, Conversion[] Conversions, Integral[] Integrals);

    private sealed record Spelling(string[] Typed, string Symbol);

    private sealed record Conversion(string From, string To);

    private sealed record Integral(string Of, string For, string Is);
}
