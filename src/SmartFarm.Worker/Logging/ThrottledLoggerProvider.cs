namespace SmartFarm.Worker.Logging;

/// <summary>
/// Stands before a provider and holds back repetitions of warnings and errors; what is only told (information and below) passes. Summaries
/// come by a timer, so that the end of a flood is told too.
/// </summary>
[ProviderAlias("Console")]
internal sealed class ThrottledLoggerProvider : ILoggerProvider, ISupportExternalScope
{
    private static readonly TimeSpan Window = TimeSpan.FromMinutes(1);
    private static readonly TimeSpan Look = TimeSpan.FromSeconds(5);
    private readonly ILoggerProvider _inner;
    private readonly LogThrottle _throttle;
    private readonly ITimer _timer;

    public ThrottledLoggerProvider(ILoggerProvider inner, TimeProvider clock)
    {
        (_inner, _throttle) = (inner, new LogThrottle(clock, Window));
        _timer = clock.CreateTimer(_ => Summarize(), null, Look, Look);
    }

    public ILogger CreateLogger(string categoryName) => new Throttled(_inner.CreateLogger(categoryName), categoryName, _throttle);

    public void SetScopeProvider(IExternalScopeProvider scopeProvider) => (_inner as ISupportExternalScope)?.SetScopeProvider(scopeProvider);

    public void Dispose()
    {
        _timer.Dispose();
        Summarize(all: true);
        _inner.Dispose();
    }

    private void Summarize(bool all = false)
    {
        foreach (var (category, eventId, level, more, sentence) in _throttle.Due(all))
        {
            var logger = _inner.CreateLogger(category);
            if (logger.IsEnabled(level))
            {
                logger.Log(level, eventId, new[] { KeyValuePair.Create("Repeated", (object?)more) }, null, (_, _) => $"{more} more in the last minute, the last: {sentence}");
            }
        }
    }

    private sealed class Throttled(ILogger inner, string category, LogThrottle throttle) : ILogger
    {
        public IDisposable? BeginScope<TState>(TState state)
            where TState : notnull => inner.BeginScope(state);

        public bool IsEnabled(LogLevel logLevel) => inner.IsEnabled(logLevel);

        public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter)
        {
            if (logLevel < LogLevel.Warning || throttle.Passes(category, eventId.Id, About(state), logLevel, formatter(state, exception)))
            {
                inner.Log(logLevel, eventId, state, exception, formatter);
            }
        }

        /// <summary>What a line is about: by custom of our messages, the first thing that it names.</summary>
        private static string? About<TState>(TState state) =>
            state is IReadOnlyList<KeyValuePair<string, object?>> { Count: > 1 } values ? values[0].Value?.ToString() : null;
    }
}
