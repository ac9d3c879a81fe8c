using System.Collections;
using SmartFarm.Worker.Settings;

namespace SmartFarm.Worker.Diagnosis;

/// <summary>
/// Environment variables that are meant for us but are not read, because they are spelt otherwise. (A wrong name in the right spelling stops
/// the start of every command.)
/// </summary>
internal sealed class SettingsExamination : IExamination
{
    public string Name => "settings";

    public Task<Finding> ExamineAsync(SmartFarmSettings settings, TimeProvider clock, CancellationToken cancellationToken)
    {
        var known = SettingNames.All.ToDictionary(Fold, name => name, StringComparer.Ordinal);
        foreach (DictionaryEntry variable in Environment.GetEnvironmentVariables())
        {
            var name = (string)variable.Key;
            if (known.TryGetValue(Fold(name), out var meant) && !name.Equals(meant, StringComparison.OrdinalIgnoreCase))
            {
                return Task.FromResult(Finding.Mend($"The environment variable {name} is not read: it must be called {meant}, with two underscores between the words."));
            }
        }

        return Task.FromResult(Finding.Well("every name is known."));
    }

    private static string Fold(string name) => name.Replace("_", "", StringComparison.Ordinal).ToLowerInvariant();
}
