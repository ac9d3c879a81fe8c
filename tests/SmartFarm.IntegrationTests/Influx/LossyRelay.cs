using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.Logging;

namespace SmartFarm.IntegrationTests.Influx;

/// <summary>Hands requests on to a server, and cuts the connection when that has answered.</summary>
internal sealed class LossyRelay(WebApplication app, HttpClient server) : IAsyncDisposable
{
    public bool LosesAnswers { get; set; } = true;

    public Uri Url => new(app.Urls.First() + "/");

    public static async Task<LossyRelay> StartAsync(Uri server)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseKestrel().UseUrls("http://127.0.0.1:0");
        var relay = new LossyRelay(builder.Build(), new HttpClient { BaseAddress = server });
        await relay.RunAsync();
        return relay;
    }

    public async ValueTask DisposeAsync()
    {
        await app.DisposeAsync();
        server.Dispose();
    }

    private async Task RunAsync()
    {
        app.Run(async http =>
        {
            using var request = new HttpRequestMessage(new HttpMethod(http.Request.Method), http.Request.Path + http.Request.QueryString)
            {
                Content = new StreamContent(http.Request.Body),
            };
            using var answer = await server.SendAsync(request);
            if (LosesAnswers)
            {
                http.Abort();
                return;
            }

            http.Response.StatusCode = (int)answer.StatusCode;
        });
        await app.StartAsync();
    }
}
