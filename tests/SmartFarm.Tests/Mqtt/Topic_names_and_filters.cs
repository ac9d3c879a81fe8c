using System.Text.Json;
using SmartFarm.Mqtt.Packets;
using SmartFarm.Testing;
using Xunit;

namespace SmartFarm.Tests.Mqtt;

public sealed class Topic_names_and_filters
{
    public static TheoryData<string, bool, bool> Cases =>
    [
        .. JsonSerializer.Deserialize<Case[]>(File.ReadAllText(Repository.PathOf("tests", "cases", "mqtt", "topics.json")), JsonSerializerOptions.Web)!
            .Select(c => new TheoryDataRow<string, bool, bool>(c.Text, c.Name, c.Filter)),
    ];

    [Theory]
    [MemberData(nameof(Cases))]
    public void Are_told_apart(string text, bool isName, bool isFilter)
    {
        Assert.Equal(isName, Topics.IsValidName(text));
        Assert.Equal(isFilter, Topics.IsValidFilter(text));
    }

    [Fact]
    public void Have_at_most_65535_bytes()
    {
        Assert.True(Topics.IsValidName(new string('x', 65_535)));
        Assert.False(Topics.IsValidName(new string('x', 65_536)));
        Assert.False(Topics.IsValidFilter(new string('ä', 32_768)));
    }

    [Fact]
    public void Are_Unicode_text() => Assert.False(Topics.IsValidName("\ud800"));

    private sealed record Case(string Text, bool Name, bool Filter);
}
