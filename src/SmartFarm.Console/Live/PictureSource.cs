using System.Text.Json;
using SmartFarm.Console.Api;
using SmartFarm.Pipeline.Commands;
using SmartFarm.Pipeline.State;

namespace SmartFarm.Console.Live;

/// <summary>The farm now, in one JSON text, made at most once per interval however many look. Thread-safe.</summary>
internal sealed class PictureSource(IFarmView farm, ICommandLedger commands, ConsoleOptions options, TimeProvider time) : IDisposable
{
    private readonly SemaphoreSlim _one = new(1, 1);
    private Picture? _last;
    private long _madeAt;

    /// <summary>The current picture; the same instance as before while nothing has changed.</summary>
    public async Task<Picture> GetAsync(CancellationToken cancellationToken)
    {
        await _one.WaitAsync(cancellationToken);
        try
        {
            if (_last is null || time.GetElapsedTime(_madeAt) >= options.LiveInterval)
            {
                var json = await MakeAsync(cancellationToken);
                _madeAt = time.GetTimestamp();
                _last = json == _last?.Json ? _last : new Picture(json);
            }

            return _last;
        }
        finally
        {
            _one.Release();
        }
    }

    public void Dispose() => _one.Dispose();

    private async Task<string> MakeAsync(CancellationToken cancellationToken)
    {
        var zones = farm.Zones();
        var open = await commands.OpenAsync(cancellationToken);
        var recent = await commands.RecentAsync(options.RecentCommands, cancellationToken);
        var picture = new PictureDto(
            [.. zones.Select(ZoneDto.Of)], ActuatorDto.Of(zones, open), [.. recent.Select(CommandDto.Of)]);
        return JsonSerializer.Serialize(picture, ApiJson.Context.PictureDto);
    }
}

/// <summary>One state of the farm as JSON; a new instance for each change.</summary>
internal sealed record Picture(string Json);
