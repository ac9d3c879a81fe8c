using System.Xml.Linq;
using SmartFarm.Testing;
using Xunit;

namespace SmartFarm.Tests.House;

/// <summary>The rooms and the arrows between them, written once. A new arrow is a design decision: a page under docs/decisions.</summary>
public sealed class Arrows_run_one_way
{
    private static readonly Dictionary<string, string[]> Arrows = new(StringComparer.Ordinal)
    {
        ["Domain"] = [],
        ["Agronomy"] = [],
        ["Configuration"] = ["Domain"],
        ["Rules"] = ["Domain", "Agronomy", "Configuration"],
        ["Pipeline"] = ["Domain", "Agronomy", "Rules"],
        ["Payloads"] = ["Domain"],
        ["Mqtt"] = [],
        ["Mqtt.Broker"] = ["Mqtt"],
        ["Influx"] = [],
        ["Spool"] = ["Domain", "Pipeline"],
        ["Sqlite"] = ["Domain", "Pipeline"],
        ["Console"] = ["Domain", "Rules", "Pipeline"],
        ["Dashboards"] = ["Domain", "Pipeline"],
        ["Greenhouse"] = ["Agronomy"],
        ["Simulator"] = ["Greenhouse", "Domain", "Payloads", "Mqtt", "Configuration"],
        ["Worker"] =
        [
            "Domain", "Agronomy", "Configuration", "Rules", "Pipeline", "Payloads", "Mqtt", "Mqtt.Broker", "Influx", "Spool", "Sqlite", "Console", "Dashboards",
            "Greenhouse", "Simulator",
        ],
    };

    public static TheoryData<string> Rooms => [.. Arrows.Keys];

    [Theory]
    [MemberData(nameof(Rooms))]
    public void A_room_refers_only_to_the_rooms_it_may(string room)
    {
        var references = XDocument.Load(ProjectFile(room)).Descendants("ProjectReference")
            .Select(r => Path.GetFileNameWithoutExtension(r.Attribute("Include")!.Value)["SmartFarm.".Length..])
            .ToArray();

        Assert.Empty(references.Except(Arrows[room]));
    }

    [Fact]
    public void Every_project_is_a_room_with_arrows()
    {
        var projects = new[] { "src", "simulators" }
            .SelectMany(top => Directory.GetFiles(Repository.PathOf(top), "*.csproj", SearchOption.AllDirectories))
            .Select(path => Path.GetFileNameWithoutExtension(path)["SmartFarm.".Length..]);

        Assert.Equal(Arrows.Keys.Order(), projects.Order());
    }

    [Fact]
    public void The_domain_has_no_package()
    {
        Assert.Empty(XDocument.Load(ProjectFile("Domain")).Descendants("PackageReference"));
    }

    [Theory]
    [InlineData("Domain", "System.Net", "System.IO.File", "System.Net.Sockets")]
    [InlineData("Rules", "System.Net", "Microsoft.AspNetCore", "System.IO.File")]
    [InlineData("Pipeline", "System.Net.Http", "System.Net.Sockets", "Microsoft.AspNetCore", "Microsoft.Data")]
    public void A_pure_room_does_not_learn_of_the_outside(string room, params string[] words)
    {
        var folder = Path.GetDirectoryName(ProjectFile(room))!;
        var offences = Directory.GetFiles(folder, "*.cs", SearchOption.AllDirectories)
            .Where(file => !file.Contains("/obj/", StringComparison.Ordinal))
            .SelectMany(file => File.ReadLines(file).Where(line => words.Any(line.Contains)).Select(line => $"{Path.GetFileName(file)}: {line}"));

        Assert.Empty(offences);
    }

    private static string ProjectFile(string room) =>
        new[] { "src", "simulators" }.Select(top => Repository.PathOf(top, "SmartFarm." + room, $"SmartFarm.{room}.csproj")).First(File.Exists);
}
