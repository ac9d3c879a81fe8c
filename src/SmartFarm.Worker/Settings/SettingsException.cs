namespace SmartFarm.Worker.Settings;

/// <summary>The process cannot start: the message is one sentence (or a list) that says what, where, and what to do.</summary>
public sealed class SettingsException(string message, Exception? cause = null) : Exception(message, cause);
