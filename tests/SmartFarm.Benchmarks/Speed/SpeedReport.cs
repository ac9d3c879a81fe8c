using System.Globalization;

namespace SmartFarm.Benchmarks.Speed;

/// <summary>Prints what was measured as it comes in, and at the end what stands beside what.</summary>
internal sealed class SpeedReport
{
    private readonly List<(string What, double Value, string Unit)> _seen = [];

    /// <summary>A section.</summary>
    public static void Begin(string title) => System.Console.WriteLine($"\n{title}");

    /// <summary>A value, with the target of the project when there is one.</summary>
    public void Add(string what, double value, string unit, string target = "")
    {
        _seen.Add((what, value, unit));
        System.Console.WriteLine($"  {what,-66} {Text(value),12} {unit,-12} {(target.Length > 0 ? $"target {target}" : "")}".TrimEnd());
    }

    /// <summary>Two values that were measured, as a ratio; nothing when one of them was not.</summary>
    public void Ratio(string what, string one, string other)
    {
        if (Find(one) is { } a && Find(other) is { } b && b != 0)
        {
            System.Console.WriteLine($"  {what,-66} {Text(a / b),12} x");
        }
    }

    private double? Find(string what) => _seen.Where(s => s.What == what).Select(s => (double?)s.Value).LastOrDefault();

    private static string Text(double value) => value.ToString(Math.Abs(value) >= 1000 ? "#,##0" : Math.Abs(value) >= 10 ? "0.0" : "0.00", CultureInfo.InvariantCulture);
}
