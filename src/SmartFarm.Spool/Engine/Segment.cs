using System.Globalization;
using Microsoft.Win32.SafeHandles;

namespace SmartFarm.Spool.Engine;

/// <summary>One file of the journal. Up to <see cref="End"/> it is on the disk and may be read by any thread; behind, only the writer goes.</summary>
internal sealed class Segment(IDisk disk, string path, long serial, long end) : IDisposable
{
    public const string Extension = ".journal";
    private SafeFileHandle? _file;
    private long _end = end;

    public string Path { get; } = path;

    public long Serial { get; } = serial;

    /// <summary>Where the durable part ends.</summary>
    public long End
    {
        get => Volatile.Read(ref _end);
        set => Volatile.Write(ref _end, value);
    }

    public SafeFileHandle File => _file ?? OpenOnce();

    public static string NameOf(long serial) => serial.ToString("D16", CultureInfo.InvariantCulture) + Extension;

    /// <summary>The number in the name of a segment; null when it is no such name.</summary>
    public static long? SerialOf(string path)
    {
        var name = System.IO.Path.GetFileName(path);
        return name.Length == 16 + Extension.Length && name.EndsWith(Extension, StringComparison.Ordinal)
            && long.TryParse(name.AsSpan(0, 16), NumberStyles.None, CultureInfo.InvariantCulture, out var serial) && serial > 0 ? serial : null;
    }

    /// <summary>Reads what is durable from <paramref name="offset"/> on; less than asked for at the end.</summary>
    public int Read(Span<byte> to, long offset)
    {
        var want = (int)Math.Clamp(End - offset, 0, to.Length);
        var have = 0;
        while (have < want && disk.Read(File, to[have..want], offset + have) is var read and > 0)
        {
            have += read;
        }

        return have;
    }

    public void Dispose() => _file?.Dispose();

    private SafeFileHandle OpenOnce()
    {
        var opened = disk.Open(Path, FileMode.Open);
        if (Interlocked.CompareExchange(ref _file, opened, null) is { } other)
        {
            opened.Dispose();
            return other;
        }

        return opened;
    }
}
