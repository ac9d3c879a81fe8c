using System.Text;
using SmartFarm.Domain.Text;

namespace SmartFarm.Simulator;

/// <summary>Seeds that follow from a name: the same on every machine, and none like another.</summary>
internal static class Seeds
{
    public static int Mix(long seed, params string[] names) => (int)Fingerprint.Of(Encoding.UTF8.GetBytes(string.Join('/', names)), (ulong)seed);
}
