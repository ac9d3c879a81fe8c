using Microsoft.Win32.SafeHandles;
using SmartFarm.Spool.Engine;

namespace SmartFarm.Tests.Spool;

/// <summary>
/// The real disk behind a cache that forgets: what was not synced is lost, whole or in part, when the power is cut. And each call can be let fail.
/// </summary>
internal sealed class FaultyDisk : IDisk
{
    private readonly Disk _disk = new();
    private readonly Dictionary<SafeFileHandle, string> _paths = [];
    private readonly Dictionary<string, byte[]> _synced = [];
    private HashSet<string> _names = [];

    /// <summary>Calls that still work before the power is cut; null: all.</summary>
    public int? CallsLeft { get; set; }

    /// <summary>Bytes of the next write that still reach the file before it fails; null: it works.</summary>
    public int? NextWriteStopsAfter { get; set; }

    public bool NextFlushFails { get; set; }

    public bool CutsFail { get; set; }

    public bool HasPower => CallsLeft is not 0;

    public SafeFileHandle Open(string path, FileMode mode)
    {
        Use();
        var file = _disk.Open(path, mode);
        _paths[file] = path;
        return file;
    }

    public int Read(SafeFileHandle file, Span<byte> to, long offset) => _disk.Read(file, to, offset);

    public void Write(SafeFileHandle file, ReadOnlySpan<byte> bytes, long offset)
    {
        var part = NextWriteStopsAfter ?? (CallsLeft == 1 ? bytes.Length / 2 : bytes.Length);
        NextWriteStopsAfter = null;
        Use();
        _disk.Write(file, bytes[..Math.Min(part, bytes.Length)], offset);
        if (part < bytes.Length)
        {
            throw new IOException("No space left on device.");
        }
    }

    public void Flush(SafeFileHandle file)
    {
        Use();
        if (NextFlushFails)
        {
            NextFlushFails = false;
            throw new IOException("Input/output error.");
        }

        _synced[_paths[file]] = File.ReadAllBytes(_paths[file]);
    }

    public void Cut(SafeFileHandle file, long length)
    {
        Use();
        if (CutsFail)
        {
            throw new IOException("Input/output error.");
        }

        _disk.Cut(file, length);
    }

    public void Delete(string path)
    {
        Use();
        _disk.Delete(path);
    }

    public void Move(string from, string to)
    {
        Use();
        _disk.Move(from, to);
        _synced[to] = _synced.GetValueOrDefault(from, []);
    }

    public void FlushNames(string directory)
    {
        Use();
        _names = [.. _names.Where(n => Path.GetDirectoryName(n) != directory), .. Directory.GetFiles(directory)];
    }

    /// <summary>What a power cut leaves: of every file what was synced, and by chance a part of what was not; names that were not synced by chance.</summary>
    public void CutPower(string directory, Random random)
    {
        foreach (var path in Directory.GetFiles(directory))
        {
            var synced = _synced.GetValueOrDefault(path, []);
            var now = File.ReadAllBytes(path);
            if (!_names.Contains(path) && random.Next(2) == 0)
            {
                File.Delete(path);
                continue;
            }

            // Pages of a write reach the disk in any order; the length may be there before the bytes.
            var left = now.AsSpan(0, random.Next(Math.Min(synced.Length, now.Length), now.Length + 1)).ToArray();
            if (left.Length > synced.Length && random.Next(3) == 0)
            {
                var from = random.Next(synced.Length, left.Length);
                left.AsSpan(from, random.Next(left.Length - from + 1)).Clear();
            }

            File.WriteAllBytes(path, left.Length >= synced.Length ? left : synced);
        }

        _paths.Clear();
        _synced.Clear();
        foreach (var path in Directory.GetFiles(directory))
        {
            _synced[path] = File.ReadAllBytes(path);
        }

        _names = [.. Directory.GetFiles(directory)];
        CallsLeft = null;
    }

    private void Use()
    {
        if (CallsLeft is 0)
        {
            throw new IOException("The power is off.");
        }

        CallsLeft--;
    }
}
