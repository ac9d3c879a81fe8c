using System.Runtime.InteropServices;
using System.Text;
using Microsoft.Win32.SafeHandles;

namespace SmartFarm.Spool.Engine;

/// <summary>What the journal asks of a file system, so that tests can let each of it fail and the power be cut between any two.</summary>
internal interface IDisk
{
    SafeFileHandle Open(string path, FileMode mode);

    int Read(SafeFileHandle file, Span<byte> to, long offset);

    /// <summary>Writes all or throws; after an exception any part may have been written.</summary>
    void Write(SafeFileHandle file, ReadOnlySpan<byte> bytes, long offset);

    /// <summary>Returns when everything written to the file is on the disk.</summary>
    void Flush(SafeFileHandle file);

    void Cut(SafeFileHandle file, long length);

    void Delete(string path);

    void Move(string from, string to);

    /// <summary>Returns when the names in the directory are on the disk.</summary>
    void FlushNames(string directory);
}

/// <summary>The real one.</summary>
internal sealed class Disk : IDisk
{
    public SafeFileHandle Open(string path, FileMode mode) => File.OpenHandle(path, mode, FileAccess.ReadWrite, FileShare.ReadWrite | FileShare.Delete);

    public int Read(SafeFileHandle file, Span<byte> to, long offset) => RandomAccess.Read(file, to, offset);

    public void Write(SafeFileHandle file, ReadOnlySpan<byte> bytes, long offset) => RandomAccess.Write(file, bytes, offset);

    public void Flush(SafeFileHandle file) => RandomAccess.FlushToDisk(file);

    public void Cut(SafeFileHandle file, long length) => RandomAccess.SetLength(file, length);

    public void Delete(string path) => File.Delete(path);

    public void Move(string from, string to) => File.Move(from, to);

    /// <summary>A new name is on the disk only after an fsync of its directory (fsync(2)). .NET cannot open one; Windows needs none.</summary>
    public void FlushNames(string directory)
    {
        if (OperatingSystem.IsWindows())
        {
            return;
        }

        var handle = Native.Open(Encoding.UTF8.GetBytes(directory + '\0'), Native.ReadOnly);
        if (handle < 0)
        {
            throw new IOException($"The folder '{directory}' cannot be opened for fsync (error {Marshal.GetLastPInvokeError()}).");
        }

        try
        {
            // EINVAL: this file system cannot sync a directory, and offers nothing else.
            if (Native.Fsync(handle) != 0 && Marshal.GetLastPInvokeError() is var error && error != Native.Invalid)
            {
                throw new IOException($"The folder '{directory}' cannot be brought to the disk (error {error}). Check the disk.");
            }
        }
        finally
        {
            _ = Native.Close(handle);
        }
    }

    private static class Native
    {
        public const int ReadOnly = 0;
        public const int Invalid = 22;

        [DllImport("libc", EntryPoint = "open", SetLastError = true)]
        [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
        public static extern int Open(byte[] path, int flags);

        [DllImport("libc", EntryPoint = "fsync", SetLastError = true)]
        [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
        public static extern int Fsync(int handle);

        [DllImport("libc", EntryPoint = "close", SetLastError = true)]
        [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
        public static extern int Close(int handle);
    }
}
