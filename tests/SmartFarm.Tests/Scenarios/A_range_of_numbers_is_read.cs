using SmartFarm.Simulator.Scenarios.Expectations;
using Xunit;

namespace SmartFarm.Tests.Scenarios;

public sealed class A_range_of_numbers_is_read
{
    [Theory]
    [InlineData("3", 3, 3, 3, 4)]
    [InlineData("1..", 1, double.PositiveInfinity, 1, 0.9)]
    [InlineData("..-5", double.NegativeInfinity, -5, -6, 0)]
    [InlineData("0..5.5", 0, 5.5, 5.5, 5.6)]
    public void With_both_ends_or_one(string text, double min, double max, double inside, double outside)
    {
        Assert.True(Span.TryParse(text, out var span));

        Assert.Equal((min, max), (span.Min, span.Max));
        Assert.True(span.Has(inside));
        Assert.False(span.Has(outside));
        Assert.False(span.Has(double.NaN));
        Assert.Equal(text, span.ToString());
    }

    [Theory]
    [InlineData("")]
    [InlineData("..")]
    [InlineData("5..1")]
    [InlineData("warm")]
    [InlineData("1..2..3")]
    [InlineData("NaN")]
    public void Or_not_at_all(string text) => Assert.False(Span.TryParse(text, out _));
}
