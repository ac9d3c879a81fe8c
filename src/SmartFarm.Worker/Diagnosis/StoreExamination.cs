using SmartFarm.Sqlite;
using SmartFarm.Worker.Settings;

namespace SmartFarm.Worker.Diagnosis;

/// <summary>The database of the data folder is whole, ours, and of a format that this version knows.</summary>
internal sealed class StoreExamination : IExamination
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    public string Name => "store";

    public Task<Finding> ExamineAsync(SmartFarmSettings settings, TimeProvider clock, CancellationToken cancellationToken)
    {
        var file = Path.Combine(settings.Data.Directory, SqliteFolder.FileName);
        if (!File.Exists(file))
        {
            return Task.FromResult(Finding.Well($"'{file}' is not there yet: the first start makes it."));
        }

        using var patience = new CancellationTokenSource(Patience, clock);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(patience.Token, cancellationToken);
        try
        {
            return Task.FromResult(SqliteFile.Examine(file, either.Token) is { } fault
                ? Finding.Mend($"{fault} Or put the last backup back: smartfarm restore.")
                : Finding.Well($"'{file}' is whole, format {SqliteFile.FormatOf(file)}."));
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            return Task.FromResult(Finding.Unknown($"'{file}' is too large to be looked through in {Patience.TotalSeconds:0} s; no damage was found in that time."));
        }
    }
}
