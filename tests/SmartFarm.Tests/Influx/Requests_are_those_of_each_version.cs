using System.Text;
using SmartFarm.Influx;
using SmartFarm.Testing;
using Xunit;

namespace SmartFarm.Tests.Influx;

public sealed class Requests_are_those_of_each_version
{
    private readonly TestTimeProvider _time = new();

    [Fact]
    public async Task Version_1_writes_with_name_and_password()
    {
        var sent = await WriteAsync(o => o with { Version = 1, Database = "smart farm", Token = null, Username = "писатель", Password = "p:w" }, "m f=1 1\n");

        Assert.Equal("/write?db=smart%20farm&precision=ms", sent.PathAndQuery);
        Assert.Equal("Basic " + Convert.ToBase64String("писатель:p:w"u8), sent.Authorization);
        Assert.Equal(("POST", "m f=1 1\n", false), (sent.Method, sent.Body, sent.IsZipped));
    }

    [Theory]
    [InlineData(2)]
    [InlineData(3)]
    public async Task Versions_2_and_3_write_with_a_token(int version)
    {
        var sent = await WriteAsync(o => o with { Version = version, Database = "b&c", Org = "o rg" }, "m f=1 1\n");

        Assert.Equal("/api/v2/write?bucket=b%26c&org=o%20rg&precision=ms", sent.PathAndQuery);
        Assert.Equal("Token secret", sent.Authorization);
    }

    [Fact]
    public async Task Without_credentials_none_are_sent()
    {
        Assert.Null((await WriteAsync(o => o with { Token = null }, "m f=1 1\n")).Authorization);
    }

    [Fact]
    public async Task A_path_in_the_address_is_kept()
    {
        var sent = await WriteAsync(o => o with { Url = new Uri(o.Url, "/behind/proxy"), Version = 1 }, "m f=1 1\n");

        Assert.Equal("/behind/proxy/write?db=smartfarm&precision=ms", sent.PathAndQuery);
    }

    [Theory]
    [InlineData(true, 1023, false)]
    [InlineData(true, 1024, true)]
    [InlineData(true, 3_000_000, true)]
    [InlineData(false, 100_000, false)]
    public async Task A_body_worth_it_is_zipped_and_arrives_whole(bool gzip, int length, bool isZipped)
    {
        var body = string.Create(length, 0, (chars, _) =>
        {
            for (var i = 0; i < chars.Length; i++)
            {
                chars[i] = (char)('a' + (i * i % 23));
            }
        });

        var sent = await WriteAsync(o => o with { Gzip = gzip }, body);

        Assert.Equal(isZipped, sent.IsZipped);
        Assert.Equal(body, sent.Body);
    }

    [Fact]
    public async Task A_query_is_a_form_with_times_in_milliseconds()
    {
        await using var influx = await ScriptedInflux.StartAsync(200, "{\"results\":[]}");
        using var client = new InfluxClient(influx.Options, _time);

        await client.QueryAsync("SELECT \"a\" FROM \"b&c\"", TestContext.Current.CancellationToken);

        var sent = Assert.Single(influx.Requests);
        Assert.Equal(("POST", "/query?db=smartfarm&epoch=ms", "Token secret"), (sent.Method, sent.PathAndQuery, sent.Authorization));
        Assert.Equal("q=SELECT+%22a%22+FROM+%22b%26c%22", sent.Body);
    }

    [Theory]
    [InlineData("ftp://farm", 1, "db", null, null, null, "must begin with http")]
    [InlineData("http://u:s3cret@farm", 1, "db", null, null, null, "Url 'http://farm/' must be an address only")]
    [InlineData("http://farm?token=s3cret", 1, "db", null, null, null, "Url 'http://farm/' must be an address only")]
    [InlineData("http://farm", 4, "db", null, null, null, "Version must be 1, 2 or 3")]
    [InlineData("http://farm", 1, " ", null, null, null, "Database must name")]
    [InlineData("http://farm", 2, "db", null, "token", null, "Org must name")]
    [InlineData("http://farm", 3, "db", null, "token\n", null, "Token holds")]
    [InlineData("http://farm", 1, "db", null, null, "a:b", "colon")]
    public void Options_that_cannot_work_are_named(string url, int version, string database, string? org, string? token, string? user, string problem)
    {
        var options = new InfluxOptions { Url = new Uri(url), Version = version, Database = database, Org = org, Token = token, Username = user };

        Assert.Contains(problem, Assert.Single(options.Problems()));
        Assert.Throws<ArgumentException>(() => new InfluxClient(options, _time));
    }

    [Fact]
    public void Options_in_a_log_show_no_secret()
    {
        var options = new InfluxOptions { Url = new Uri("http://farm"), Token = "s3cret", Password = "s3cret", Username = "u" };

        Assert.Equal("InfluxDB 2 at http://farm/, database smartfarm", options.ToString());
        Assert.Equal("InfluxDB 2 at http://farm/, database smartfarm", (options with { Url = new Uri("http://u:s3cret@farm/?token=s3cret") }).ToString());
    }

    private async Task<Sent> WriteAsync(Func<InfluxOptions, InfluxOptions> change, string body)
    {
        await using var influx = await ScriptedInflux.StartAsync(204);
        using var client = new InfluxClient(change(influx.Options), _time);

        Assert.Equal(InfluxVerdict.Stored, (await client.WriteAsync(Encoding.UTF8.GetBytes(body), TestContext.Current.CancellationToken)).Verdict);
        return Assert.Single(influx.Requests);
    }
}
