using System.Runtime.CompilerServices;
using System.Text;
using SmartFarm.Sqlite.Engine;

namespace SmartFarm.IntegrationTests.Sqlite;

/// <summary>
/// The victim of the upgrade test: this assembly started as a process of its own with <see cref="Variable"/> set to a data folder of format 1.
/// It runs a migration that writes for ever.
/// </summary>
internal static class UpgradeUntilKilled
{
    public const string Variable = "SMARTFARM_TEST_UPGRADE_UNTIL_KILLED";
    public const int Rows = 20_000;

    public static readonly string ManyRows = $"""
        INSERT INTO points (series_id, ts, value) WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < {Rows}) SELECT 7, i, i FROM n
        """;

    // The first statement changes what was there, the second goes on until the kill.
    private const string Endless = """
        UPDATE points SET value = -1;
        CREATE TABLE fill (body BLOB);
        INSERT INTO fill WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n) SELECT zeroblob(4000) FROM n;
        """;

    [ModuleInitializer]
    internal static void RunInsteadOfTheTests()
    {
        if (Environment.GetEnvironmentVariable(Variable) is not { } directory)
        {
            return;
        }

        using var connection = OlderFolder.Connect(directory);
        OlderFolder.Execute(connection, "PRAGMA cache_size = 50");
        System.Console.OpenStandardOutput().Write(Encoding.ASCII.GetBytes("upgrading\n"));
        Format.Bring(connection, directory, [Format.Script(1), Endless]);
    }
}
