using Microsoft.Extensions.Configuration;
using SmartFarm.Testing;
using SmartFarm.Worker.Settings;
using Xunit;

namespace SmartFarm.Tests.Worker;

public sealed class Settings_are_checked
{
    [Theory]
    [InlineData("Mqtt:Port", "70000", "SmartFarm__Mqtt__Port is 70000; it must be 1 to 65535.")]
    [InlineData("Mqtt:Version", "3", "SmartFarm__Mqtt__Version is 3; it must be 5, or 4 for MQTT 3.1.1.")]
    [InlineData("Mqtt:Root", "a/b", "SmartFarm__Mqtt__Root is 'a/b'")]
    [InlineData("Influx:Url", "localhost", "SmartFarm__Influx__Url is 'localhost'; it must be like http://127.0.0.1:8086.")]
    [InlineData("Influx:Url", "http://u:s3cret@farm:8086", "SmartFarm__Influx__Url is 'farm:8086' and more; it must be an address only")]
    [InlineData("Influx:Url", "http://farm?token=s3cret", "SmartFarm__Influx__Url is 'http://farm' and more")]
    [InlineData("Influx:Version", "4", "SmartFarm__Influx__Version is 4; it must be 1, 2 or 3.")]
    [InlineData("Commands:ExpirySeconds", "0", "SmartFarm__Commands__ExpirySeconds is 0; it must be 1 to 3600.")]
    [InlineData("Spool:Order", "random", "SmartFarm__Spool__Order is 'random'; it must be strict or newest_first.")]
    [InlineData("Spool:MaxBytes", "1000", "SmartFarm__Spool__MaxBytes is 1000; it must be 268435456 (256 MiB) to 1125899906842624 (1 PiB).")]
    [InlineData("Spool:MaxAge", "00:00:10", "SmartFarm__Spool__MaxAge is 00:00:10; it must be 00:01:00 (a minute) to 3650.00:00:00 (ten years).")]
    [InlineData("Data:MinFreeBytes", "-1", "SmartFarm__Data__MinFreeBytes is -1; it must be 0 to 1125899906842624 (1 PiB).")]
    [InlineData("Mqtt:Port", "many", "Mqtt:Port")]
    [InlineData("Mqtt:Prot", "1883", "There is no setting 'Prot'")]
    public void A_wrong_one_is_named_with_what_it_must_be(string name, string value, string sentence)
    {
        var fault = Assert.Throws<SettingsException>(() => Read((name, value)));
        Assert.Contains(sentence, fault.Message);
        Assert.DoesNotContain("s3cret", fault.Message);
    }

    [Fact]
    public void All_faults_are_named_at_once()
    {
        var fault = Assert.Throws<SettingsException>(() => Read(("Mqtt:Port", "0"), ("Influx:Version", "9")));
        Assert.Equal(2, fault.Message.Split(Environment.NewLine).Length);
    }

    [Fact]
    public void A_secret_may_be_a_file_and_the_file_wins()
    {
        using var folder = new TempFolder();
        File.WriteAllText(folder.File("token"), "from-file\n");

        var settings = Read(("Influx:Token", "plain"), ("Influx:TokenFile", folder.File("token")));

        Assert.Equal("from-file", settings.Influx.Token);
    }

    [Fact]
    public void A_secret_file_that_is_missing_is_named() =>
        Assert.Contains("SmartFarm__Mqtt__PasswordFile", Assert.Throws<SettingsException>(() => Read(("Mqtt:PasswordFile", "no-such-file"))).Message);

    private static SmartFarmSettings Read(params (string Name, string Value)[] settings) => SettingsReader.Read(new ConfigurationBuilder()
        .AddInMemoryCollection(settings.ToDictionary(s => $"SmartFarm:{s.Name}", s => (string?)s.Value, StringComparer.Ordinal)).Build());
}
