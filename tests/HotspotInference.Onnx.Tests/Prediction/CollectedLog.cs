using Microsoft.Extensions.Logging;

namespace HotspotInference.Onnx.Tests.Prediction;

/// <summary>A logger that keeps what is written, from whatever thread.</summary>
sealed class CollectedLog(LogLevel from = LogLevel.Trace) : ILoggerFactory, ILogger
{
    readonly List<(string Category, LogLevel Level, string Text)> _lines = [];
    string _category = "";

    public IReadOnlyList<(string Category, LogLevel Level, string Text)> Lines
    {
        get
        {
            lock (_lines)
                return [.. _lines];
        }
    }

    public ILogger CreateLogger(string categoryName)
    {
        _category = categoryName;
        return this;
    }

    public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter)
    {
        lock (_lines)
            _lines.Add((_category, logLevel, formatter(state, exception)));
    }

    public bool IsEnabled(LogLevel logLevel) => logLevel >= from;

    public IDisposable? BeginScope<TState>(TState state)
        where TState : notnull => null;

    public void AddProvider(ILoggerProvider provider) => throw new NotSupportedException();

    public void Dispose()
    {
    }
}
