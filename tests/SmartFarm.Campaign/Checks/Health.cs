using SmartFarm.Testing.Servers;

namespace SmartFarm.Campaign.Checks;

/// <summary>What the worker says of itself: <c>/health/ready</c>.</summary>
internal static class Health
{
    /// <summary>Its answer, also when it is that it is not ready; why there is none, when there is none.</summary>
    public static async Task<string> ReadAsync(WorkerProcess worker)
    {
        try
        {
            using var answer = await worker.Http.GetAsync(new Uri(worker.Url, "health/ready"));
            return await answer.Content.ReadAsStringAsync();
        }
        catch (HttpRequestException e)
        {
            return e.Message;
        }
    }

    public static bool IsGood(string health) => health.StartsWith("{\"status\":\"healthy\"", StringComparison.Ordinal);
}
