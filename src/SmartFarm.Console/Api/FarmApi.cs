using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using SmartFarm.Pipeline.Commands;
using SmartFarm.Pipeline.State;

namespace SmartFarm.Console.Api;

/// <summary>The farm as it is now: <c>/api/zones</c> and <c>/api/actuators</c>.</summary>
internal static class FarmApi
{
    public static JsonHttpResult<ZonesDto> Zones(IFarmView farm, TimeProvider time) =>
        TypedResults.Json(new ZonesDto(time.GetUtcNow(), [.. farm.Zones().Select(ZoneDto.Of)]), ApiJson.Context.ZonesDto);

    public static async Task<JsonHttpResult<ActuatorsDto>> ActuatorsAsync(
        IFarmView farm, ICommandLedger commands, TimeProvider time, CancellationToken cancellationToken)
    {
        var open = await commands.OpenAsync(cancellationToken);
        return TypedResults.Json(new ActuatorsDto(time.GetUtcNow(), ActuatorDto.Of(farm.Zones(), open)), ApiJson.Context.ActuatorsDto);
    }
}
