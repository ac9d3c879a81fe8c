using SmartFarm.Simulator;
using SmartFarm.Simulator.Faults;
using Xunit;

namespace SmartFarm.Tests.Simulator.Faults;

public sealed class A_fault_is_found_by_its_name_and_place
{
    private static readonly DateTimeOffset Start = new(2026, 7, 15, 8, 0, 0, TimeSpan.Zero);

    private static readonly FaultSpec Bias = new() { Kind = "bias", Site = "s", Device = "climate-1", Window = new FaultWindow(Start, Start.AddHours(1)) };

    public static TheoryData<string> Names => [.. FaultKinds.All.Select(kind => $"{kind.Name} {kind.Places}")];

    [Theory]
    [MemberData(nameof(Names))]
    public void Every_kind_can_be_made_with_its_defaults_and_says_what_it_does(string name)
    {
        var kind = FaultKinds.All.Single(kind => $"{kind.Name} {kind.Places}" == name);
        var spec = At(kind.Places, Bias with { Kind = kind.Name });

        var fault = FaultKinds.Find(spec).Create(spec, seed: 1);

        Assert.Same(kind, fault.Kind);
        Assert.Equal(spec.Window, fault.Window);
        Assert.Matches(@"^[a-z][a-z0-9_]*$", kind.Name);
        Assert.EndsWith(".", kind.Meaning);
        Assert.All(kind.Parameters, parameter => Assert.Null(parameter.Check(parameter.Default)));
    }

    [Fact]
    public void A_name_stands_for_one_kind_at_a_place() => Assert.All(
        new[] { FaultPlace.Device, FaultPlace.Controller, FaultPlace.House },
        place => Assert.Distinct(FaultKinds.All.Where(kind => kind.Places.HasFlag(place)).Select(kind => kind.Name)));

    [Fact]
    public void A_mistyped_name_is_answered_with_the_right_one() =>
        Assert.Equal("There is no fault 'biass' of a device; did you mean 'bias'?", FaultKinds.Objection(Bias with { Kind = "biass" }));

    [Fact]
    public void A_fault_that_befalls_nobody_is_refused() =>
        Assert.Equal("The fault 'bias' befalls nobody; name a device, a controller or a zone.", FaultKinds.Objection(Bias with { Device = null }));

    [Theory]
    [InlineData("bay", "1", "The fault 'bias' has no parameter 'bay'; did you mean 'by'?")]
    [InlineData("by", "much", "'by' of the fault 'bias' is 'much'; a number from -1000000 to 1000000 is wanted.")]
    [InlineData("by", "NaN", "'by' of the fault 'bias' is 'NaN'; a number from -1000000 to 1000000 is wanted.")]
    public void A_parameter_that_is_wrong_is_refused_in_a_sentence(string name, string text, string sentence)
    {
        var spec = Bias with { Parameters = new Dictionary<string, string>(StringComparer.Ordinal) { [name] = text } };

        Assert.Equal(sentence, FaultKinds.Objection(spec));
        Assert.Equal(sentence, Assert.Throws<SimulatorException>(() => FaultKinds.Find(spec).Create(spec, seed: 1)).Message);
    }

    [Fact]
    public void A_fault_that_ends_before_it_begins_is_refused() =>
        Assert.Equal("The fault 'bias' ends before it begins.", FaultKinds.Objection(Bias with { Window = new FaultWindow(Start, Start) }));

    [Fact]
    public void A_window_holds_its_first_moment_and_not_its_last()
    {
        var window = Bias.Window;

        Assert.False(window.IsOpen(Start.AddTicks(-1)));
        Assert.True(window.IsOpen(Start));
        Assert.False(window.IsOpen(Start.AddHours(1)));
        Assert.True(new FaultWindow(Start, null).IsOpen(Start.AddYears(100)));
    }

    [Fact]
    public void Every_kind_stands_in_the_documentation()
    {
        var text = File.ReadAllText(SmartFarm.Testing.Repository.PathOf("docs", "simulator.md"));

        Assert.All(FaultKinds.All, kind => Assert.Contains($"`{kind.Name}`", text));
    }

    private static FaultSpec At(FaultPlace places, FaultSpec spec) => spec with
    {
        Device = places.HasFlag(FaultPlace.Device) ? "climate-1" : null,
        Controller = places.HasFlag(FaultPlace.Device) || !places.HasFlag(FaultPlace.Controller) ? null : "ctrl-1",
        Zone = places == FaultPlace.House ? "z" : null,
    };
}
