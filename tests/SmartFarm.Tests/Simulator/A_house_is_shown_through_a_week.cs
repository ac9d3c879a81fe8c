using System.Xml.Linq;
using SmartFarm.Greenhouse.Climate;
using SmartFarm.Simulator;
using SmartFarm.Testing;
using Xunit;

namespace SmartFarm.Tests.Simulator;

public sealed class A_house_is_shown_through_a_week
{
    [Fact]
    public void A_winter_week_is_written_as_table_and_picture_and_the_crop_stays_frost_free()
    {
        using var folder = new TempFolder();
        var (csv, svg) = (Path.Combine(folder.Path, "week.csv"), Path.Combine(folder.Path, "week.svg"));

        Assert.Equal(0, SimulatorCli.Run(["house", "--from", "2026-01-10", "--days", "2", "--seed", "6", "--csv", csv, "--svg", svg]));

        var rows = File.ReadAllLines(csv).Select(line => line.Split(',')).ToList();
        var air = Array.IndexOf(rows[0], "air_c");
        Assert.Equal(1 + (2 * 24 * 6), rows.Count);
        Assert.All(rows.Skip(1), row => Assert.InRange(double.Parse(row[air]), 8, 32));
        var lines = XDocument.Load(svg).Descendants().Where(element => element.Name.LocalName == "polyline").ToList();
        Assert.Equal(16, lines.Count);
        Assert.All(lines, line => Assert.Equal(96, line.Attribute("points")!.Value.Split(' ').Length));
    }

    [Fact]
    public void An_unknown_kind_of_house_is_refused_and_every_known_kind_can_be_built()
    {
        Assert.Equal(2, SimulatorCli.Run(["house", "--from", "2026-01-10", "--kind", "igloo"]));
        Assert.All(HouseKinds.Names, name => Assert.NotNull(new HouseModel(HouseKinds.Find(name)!)));
    }
}
