using System.Globalization;
using System.Text;

namespace SmartFarm.Campaign.Field;

/// <summary>
/// Every acknowledgement that somebody got, in memory for the check and in a file for the case that the campaign itself dies: number, device,
/// seq, time and both values, one line each, handed to the system before the next message is sent. Thread-safe.
/// </summary>
internal sealed class AckLog(Fleet fleet, string path) : IDisposable
{
    private readonly Lock _lock = new();
    private readonly FileStream _file = new(path, FileMode.Create, FileAccess.Write, FileShare.Read, bufferSize: 0);
    private readonly StringBuilder _lines = new();
    private readonly NumberSet _numbers = new();

    public string Path => path;

    /// <summary>Messages acknowledged at least once.</summary>
    public long Count
    {
        get
        {
            lock (_lock)
            {
                return _numbers.Count;
            }
        }
    }

    public bool Contains(long n)
    {
        lock (_lock)
        {
            return _numbers.Contains(n);
        }
    }

    public void Add(long n)
    {
        lock (_lock)
        {
            if (!_numbers.Add(n))
            {
                return;
            }

            var (temperature, humidity) = fleet.ValuesOf(n);
            _lines.Append(CultureInfo.InvariantCulture, $"{n} {Fleet.NameOf(fleet.DeviceOf(n))} {fleet.SeqOf(n)} {fleet.TimeOf(n)} {temperature} {humidity}\n");
        }
    }

    /// <summary>Hands what was added to the system.</summary>
    public void Flush()
    {
        lock (_lock)
        {
            if (_lines.Length > 0)
            {
                _file.Write(Encoding.ASCII.GetBytes(_lines.ToString()));
                _lines.Clear();
            }
        }
    }

    public void Dispose()
    {
        Flush();
        _file.Dispose();
    }
}
