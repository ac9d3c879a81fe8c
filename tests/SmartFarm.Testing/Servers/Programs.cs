namespace SmartFarm.Testing.Servers;

/// <summary>Finds installed programs.</summary>
public static class Programs
{
    private static readonly string[] Extra = ["/usr/sbin", "/usr/local/sbin", "/usr/bin", "/usr/local/bin"];

    /// <summary>Full path of a program, or null when it is not installed.</summary>
    public static string? Find(string name) =>
        (Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator).Concat(Extra)
            .Select(folder => Path.Combine(folder, name))
            .FirstOrDefault(File.Exists);
}
