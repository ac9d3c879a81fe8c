using System.Globalization;

namespace SmartFarm.Worker.Diagnosis;

/// <summary>Who has what, as Linux shows it under /proc (proc(5)). Other users' processes are seen by root only.</summary>
internal static class Processes
{
    private const string Listening = "0A";
    private static readonly string[] SocketTables = ["/proc/net/tcp", "/proc/net/tcp6"];

    /// <summary>Who has a file open; null when nobody that we can see.</summary>
    public static string? HolderOf(string path) => Find(Path.GetFullPath(path));

    /// <summary>Whether a TCP port is listened on, and by whom; the second is null when we cannot see it.</summary>
    public static (bool IsTaken, string? By) ListenerOn(int port)
    {
        var sockets = SocketTables.Where(File.Exists).SelectMany(file => File.ReadLines(file).Skip(1))
            .Select(line => line.Split(' ', StringSplitOptions.RemoveEmptyEntries))
            .Where(c => c.Length > 9 && c[3] == Listening && int.Parse(c[1].AsSpan(c[1].LastIndexOf(':') + 1), NumberStyles.HexNumber) == port)
            .Select(c => $"socket:[{c[9]}]").ToList();
        return (sockets.Count > 0, sockets.Select(Find).FirstOrDefault(found => found is not null));
    }

    private static string? Find(string target)
    {
        if (!Directory.Exists("/proc/self/fd"))
        {
            return null;
        }

        foreach (var process in Directory.EnumerateDirectories("/proc").Where(d => int.TryParse(Path.GetFileName(d), out var id) && id != Environment.ProcessId))
        {
            try
            {
                if (Directory.EnumerateFileSystemEntries(Path.Combine(process, "fd")).Any(fd => new FileInfo(fd).LinkTarget == target))
                {
                    return $"process {Path.GetFileName(process)} ({Command(process)})";
                }
            }
            catch (Exception e) when (e is IOException or UnauthorizedAccessException)
            {
                // It has just ended, or is another user's.
            }
        }

        return null;
    }

    private static string Command(string process)
    {
        var line = File.ReadAllText(Path.Combine(process, "cmdline")).Replace('\0', ' ').Trim();
        return line.Length <= 100 ? line : line[..100] + "…";
    }
}
