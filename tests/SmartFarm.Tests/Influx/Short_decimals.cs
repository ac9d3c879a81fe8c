using System.Globalization;
using System.Text;
using FsCheck;
using FsCheck.Fluent;
using SmartFarm.Influx;
using Xunit;

namespace SmartFarm.Tests.Influx;

public sealed class Short_decimals
{
    [Fact]
    public void Are_written_as_the_general_formatter_writes_them()
    {
        var decimals = Gen.Choose(-2_000_000_000, 2_000_000_000)
            .SelectMany(_ => Gen.Choose(0, 5), (n, places) => n / Math.Pow(10, places));
        var any = ArbMap.Default.GeneratorFor<double>();
        Prop.ForAll(Gen.OneOf(decimals, any).ToArbitrary(), value =>
        {
            var text = Format(value);
            return text is null || text == value.ToString("R", CultureInfo.InvariantCulture);
        }).Check(Config.QuickThrowOnFailure.WithMaxTest(20_000));
    }

    [Theory]
    [InlineData(23.41, "23.41")]
    [InlineData(-0.0001, "-0.0001")]
    [InlineData(100, "100")]
    [InlineData(0.5, "0.5")]
    [InlineData(999_999_999.9999, "999999999.9999")]
    [InlineData(0, "0")]
    public void Are_taken(double value, string expected) => Assert.Equal(expected, Format(value));

    [Theory]
    [InlineData(-0.0)]
    [InlineData(0.1 + 0.2)]
    [InlineData(1e9)]
    [InlineData(0.00001)]
    [InlineData(double.Epsilon)]
    [InlineData(double.MaxValue)]
    public void Leave_other_numbers_to_the_general_formatter(double value) => Assert.Null(Format(value));

    private static string? Format(double value)
    {
        Span<byte> output = stackalloc byte[32];
        return ShortDecimal.TryFormat(value, output, out var written) ? Encoding.UTF8.GetString(output[..written]) : null;
    }
}
