using System.Text;
using SmartFarm.Simulator.LockStep;
using SmartFarm.Worker.Stepping;
using Xunit;

namespace SmartFarm.Tests.LockStep;

public sealed class A_word_of_the_clock_is_heard_by_all
{
    private static readonly DateTimeOffset Time = new(2026, 7, 15, 8, 0, 10, TimeSpan.Zero);

    [Fact]
    public void A_word_reads_as_it_was_written()
    {
        var word = new ClockWord("5f1c", 17, Time);

        Assert.Equal("""{"run":"5f1c","number":17,"time":"2026-07-15T08:00:10+00:00"}""", Encoding.UTF8.GetString(word.Write()));
        Assert.True(ClockWord.TryRead(word.Write(), out var read));
        Assert.Equal(word, read);
    }

    [Theory]
    [InlineData("")]
    [InlineData("null")]
    [InlineData("now")]
    [InlineData("{}")]
    [InlineData("""{"run":null,"number":1,"time":"2026-07-15T08:00:10Z"}""")]
    [InlineData("""{"run":"a","number":1}""")]
    [InlineData("""{"run":"a","number":1,"time":"noon"}""")]
    public void What_is_no_word_is_not_read(string payload) => Assert.False(ClockWord.TryRead(Encoding.UTF8.GetBytes(payload), out _));

    [Fact]
    public void A_word_has_passed_when_every_session_has_had_it_and_not_before()
    {
        var words = new ClockWords();
        var (telemetry, control) = (words.Add(), words.Add());
        var passed = new List<long>();
        words.Passed += word => passed.Add(word.Number);

        words.Seen(telemetry, new ClockWord("a", 1, Time));
        Assert.Empty(passed);
        words.Seen(control, new ClockWord("a", 0, Time));
        Assert.Empty(passed);
        words.Seen(control, new ClockWord("a", 1, Time));
        Assert.Equal([1], passed);
    }
}
