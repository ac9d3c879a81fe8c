using System.Buffers.Text;
using System.Globalization;
using System.Text;

namespace SmartFarm.Campaign.Field;

/// <summary>
/// Devices and everything they will ever say. Message <c>n</c> is number <c>n / devices</c> of device <c>n % devices</c>; its time and its two
/// values follow from the number and the seed, so that a number is all that has to be remembered about it. Immutable.
/// </summary>
/// <param name="devices">How many devices take turns.</param>
/// <param name="startMs">Device time of the first message of each, Unix ms.</param>
/// <param name="stepMs">Device time between two messages of one device.</param>
/// <param name="seed">Of the values.</param>
internal sealed class Fleet(int devices, long startMs, long stepMs, int seed)
{
    public const string Site = "c1";
    private const int DevicesPerZone = 10;
    private readonly byte[][] _topics = [.. Enumerable.Range(0, devices).Select(d => Encoding.UTF8.GetBytes($"farm/{Site}/{NameOf(d)}/telemetry"))];

    public int Devices => devices;

    public static string NameOf(int device) => $"d{device:0000}";

    public int DeviceOf(long n) => (int)(n % devices);

    public long SeqOf(long n) => n / devices;

    public long TimeOf(long n) => startMs + (SeqOf(n) * stepMs);

    public byte[] TopicOf(long n) => _topics[DeviceOf(n)];

    /// <summary>Air temperature, 15 to 25 °C, and relative humidity, 40 to 80 %: unsuspicious, and with two decimals exact in every format.</summary>
    public (double Temperature, double Humidity) ValuesOf(long n)
    {
        // Fibonacci hashing (Knuth, TAOCP 3, 6.4).
        var hash = unchecked(((ulong)n + (ulong)seed) * 11_400_714_819_323_198_485UL) >> 20;
        return (Math.Round(15 + (hash % 1000 / 100.0), 2), Math.Round(40 + (hash / 1000 % 4000 / 100.0), 2));
    }

    /// <summary>Writes the payload of a message; gives its length, 120 bytes at most.</summary>
    public int WritePayload(long n, Span<byte> target)
    {
        var (temperature, humidity) = ValuesOf(n);
        var length = 0;
        Text("{\"ts\":"u8, target, ref length);
        Number(TimeOf(n), target, ref length);
        Text(",\"seq\":"u8, target, ref length);
        Number(SeqOf(n), target, ref length);
        Text(",\"air_temperature\":"u8, target, ref length);
        Number(temperature, target, ref length);
        Text(",\"relative_humidity\":"u8, target, ref length);
        Number(humidity, target, ref length);
        Text("}"u8, target, ref length);
        return length;
    }

    /// <summary>Which message a stored row comes from; null when no device of ours has one at that time.</summary>
    public long? Find(string device, long timeMs)
    {
        var (seq, rest) = Math.DivRem(timeMs - startMs, stepMs);
        return rest == 0 && seq >= 0 && device is ['d', ..] && int.TryParse(device.AsSpan(1), NumberStyles.None, CultureInfo.InvariantCulture, out var d) && d < devices
            ? (seq * devices) + d
            : null;
    }

    /// <summary>One line for a person: who said what, and when.</summary>
    public string Describe(long n)
    {
        var (temperature, humidity) = ValuesOf(n);
        return $"message {n}: {NameOf(DeviceOf(n))} seq {SeqOf(n)} at {TimeOf(n)} ({temperature} °C, {humidity} %)";
    }

    /// <summary>Writes the farm folder of these devices; gives its path.</summary>
    public string WriteFarm(string folder)
    {
        Directory.CreateDirectory(Path.Combine(folder, "rules"));
        var farm = new StringBuilder($"""
            farm: campaign
            sites:
              - id: {Site}
                name: Campaign
                time_zone: Asia/Almaty
                zones:

            """);
        foreach (var zone in Enumerable.Range(0, devices).Chunk(DevicesPerZone))
        {
            farm.Append($"      - id: z{zone[0] / DevicesPerZone}\n        name: House {zone[0] / DevicesPerZone}\n        crop: tomato\n        area: 100 m2\n        devices:\n");
            foreach (var device in zone)
            {
                farm.Append($"          - {{ id: {NameOf(device)}, interval: 10 s, quantities: [air_temperature, relative_humidity] }}\n");
            }
        }

        File.WriteAllText(Path.Combine(folder, "farm.yaml"), farm.ToString());
        return folder;
    }

    private static void Text(ReadOnlySpan<byte> text, Span<byte> target, ref int length)
    {
        text.CopyTo(target[length..]);
        length += text.Length;
    }

    private static void Number(long value, Span<byte> target, ref int length)
    {
        Utf8Formatter.TryFormat(value, target[length..], out var written);
        length += written;
    }

    private static void Number(double value, Span<byte> target, ref int length)
    {
        value.TryFormat(target[length..], out var written, default, CultureInfo.InvariantCulture);
        length += written;
    }
}
