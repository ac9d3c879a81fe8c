using SmartFarm.Domain.Quantities;

namespace SmartFarm.Simulator.Replay;

/// <summary>Which column of a recorded table is which quantity of which device.</summary>
/// <param name="Site">Site of the devices.</param>
/// <param name="Time">Where the time stands.</param>
/// <param name="Columns">The columns that are sent.</param>
public sealed record ColumnMap(string Site, TimeColumn Time, IReadOnlyList<ValueColumn> Columns);

/// <summary>The column of time.</summary>
/// <param name="Name">Its heading, without outer blanks.</param>
/// <param name="Format">.NET custom format, such as <c>M/d/yyyy H:mm</c>.</param>
/// <param name="Zone">Time zone of what is written there.</param>
public sealed record TimeColumn(string Name, string Format, TimeZoneInfo Zone);

/// <summary>A column of readings.</summary>
/// <param name="Name">Its heading, without outer blanks.</param>
/// <param name="Device">Address of the device that sends it.</param>
/// <param name="Quantity">What it measures.</param>
/// <param name="Unit">Unit of what is written there, after <paramref name="Factor"/>.</param>
/// <param name="Factor">Each number is multiplied by this first.</param>
public sealed record ValueColumn(string Name, string Device, Quantity Quantity, Unit Unit, double Factor)
{
    /// <summary>The canonical value of a number in this column.</summary>
    public double Canonical(double number) => Unit.Convert(number * Factor, Quantity.Unit);
}
