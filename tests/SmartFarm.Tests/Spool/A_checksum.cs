using SmartFarm.Spool.Engine;
using Xunit;

namespace SmartFarm.Tests.Spool;

public sealed class A_checksum
{
    /// <summary>The check value of CRC-32/ISCSI, and the vectors of RFC 3720, appendix B.4.</summary>
    [Fact]
    public void Is_that_of_the_standard()
    {
        Assert.Equal(0xE3069283u, Crc32C.Of("123456789"u8));
        Assert.Equal(0x8A9136AAu, Crc32C.Of(new byte[32]));
        Assert.Equal(0x62A8AB43u, Crc32C.Of([.. Enumerable.Repeat((byte)0xff, 32)]));
        Assert.Equal(0x46DD794Eu, Crc32C.Of([.. Enumerable.Range(0, 32).Select(i => (byte)i)]));
    }

    [Fact]
    public void Goes_on_from_what_stands_before()
    {
        Assert.Equal(0xE3069283u, Crc32C.Of("6789"u8, Crc32C.Of("12345"u8)));
    }
}
