using System.Collections.Concurrent;
using Microsoft.Extensions.Logging;
using SmartFarm.Testing;
using SmartFarm.Worker.Logging;
using Xunit;

namespace SmartFarm.Tests.Worker;

public sealed class Repeated_warnings_are_held_back
{
    private readonly TestTimeProvider _clock = new();
    private readonly Written _written = new();
    private readonly ThrottledLoggerProvider _provider;
    private readonly ILogger _log;

    public Repeated_warnings_are_held_back()
    {
        _provider = new ThrottledLoggerProvider(_written, _clock);
        _log = _provider.CreateLogger("test");
    }

    [Fact]
    public void The_first_is_said_at_once_and_the_others_as_one_line_a_minute_later()
    {
        for (var i = 0; i < 1000; i++)
        {
            Warn("ctrl-1", i);
        }

        Assert.Equal(["Warning 7 'ctrl-1' says 0"], _written.Take());
        _clock.Advance(TimeSpan.FromMinutes(1));

        Assert.Equal(["Warning 7 999 more in the last minute, the last: 'ctrl-1' says 999"], _written.Take());
    }

    [Fact]
    public void After_a_quiet_minute_it_is_news_again()
    {
        Warn("ctrl-1", 1);
        _clock.Advance(TimeSpan.FromMinutes(2));
        Warn("ctrl-1", 2);

        Assert.Equal(2, _written.Take().Count);
    }

    [Fact]
    public void Another_sender_and_another_event_are_other_causes()
    {
        Warn("ctrl-1", 1);
        Warn("ctrl-2", 1);
        _log.Log(LogLevel.Error, new EventId(8), "boom", null, (s, _) => s);

        Assert.Equal(3, _written.Take().Count);
    }

    [Fact]
    public void What_is_only_told_passes()
    {
        for (var i = 0; i < 5; i++)
        {
            _log.Log(LogLevel.Information, new EventId(9), "told", null, (s, _) => s);
        }

        Assert.Equal(5, _written.Take().Count);
    }

    [Fact]
    public void A_thousand_senders_at_once_do_not_make_a_thousand_lines_and_none_is_uncounted()
    {
        for (var i = 0; i < 1000; i++)
        {
            Warn($"ctrl-{i}", i);
        }

        var said = _written.Take().Count;
        _clock.Advance(TimeSpan.FromMinutes(1));
        var summary = Assert.Single(_written.Take());

        Assert.Equal(LogThrottle.MostCausesOfAnEvent + 1, said);
        Assert.StartsWith($"Warning 7 {1000 - said} more", summary);
    }

    [Fact]
    public void A_flood_that_the_end_of_the_process_interrupts_is_told_then()
    {
        Warn("ctrl-1", 1);
        Warn("ctrl-1", 2);

        _provider.Dispose();

        Assert.Equal(2, _written.Take().Count);
    }

    private void Warn(string who, int number) => _log.Log(
        LogLevel.Warning,
        new EventId(7),
        (IReadOnlyList<KeyValuePair<string, object?>>)[KeyValuePair.Create("Who", (object?)who), KeyValuePair.Create("Number", (object?)number), KeyValuePair.Create("{OriginalFormat}", (object?)"")],
        null,
        (_, _) => $"'{who}' says {number}");

    private sealed class Written : ILoggerProvider, ILogger
    {
        private readonly ConcurrentQueue<string> _lines = new();

        public List<string> Take()
        {
            var lines = new List<string>();
            while (_lines.TryDequeue(out var line))
            {
                lines.Add(line);
            }

            return lines;
        }

        public ILogger CreateLogger(string categoryName) => this;

        public IDisposable? BeginScope<TState>(TState state)
            where TState : notnull => null;

        public bool IsEnabled(LogLevel logLevel) => true;

        public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter) =>
            _lines.Enqueue($"{logLevel} {eventId.Id} {formatter(state, exception)}");

        public void Dispose()
        {
        }
    }
}
