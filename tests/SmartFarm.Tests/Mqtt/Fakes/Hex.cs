namespace SmartFarm.Tests.Mqtt.Fakes;

internal static class Hex
{
    public static byte[] Decode(string hex) => Convert.FromHexString(hex.Replace(" ", ""));

    public static string Encode(ReadOnlySpan<byte> bytes) => Convert.ToHexString(bytes);
}
