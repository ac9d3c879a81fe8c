using Microsoft.Extensions.Logging;

namespace SmartFarm.Tests.Spool;

/// <summary>Keeps what the spool logs.</summary>
internal sealed class SpoolLog : ILoggerFactory, ILogger
{
    private readonly List<string> _lines = [];

    public string[] With(string words) => [.. _lines.Where(line => line.Contains(words, StringComparison.Ordinal))];

    public ILogger CreateLogger(string categoryName) => this;

    public void AddProvider(ILoggerProvider provider)
    {
    }

    public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter) =>
        _lines.Add(formatter(state, exception));

    public bool IsEnabled(LogLevel logLevel) => true;

    public IDisposable? BeginScope<TState>(TState state)
        where TState : notnull => null;

    public void Dispose()
    {
    }
}
