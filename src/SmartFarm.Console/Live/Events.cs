using SmartFarm.Console.Api;

namespace SmartFarm.Console.Live;

/// <summary>Event <c>picture</c>: everything that changes, sent when something did.</summary>
internal sealed record PictureDto(IReadOnlyList<ZoneDto> Zones, IReadOnlyList<ActuatorDto> Actuators, IReadOnlyList<CommandDto> Commands);

/// <summary>Event <c>time</c>: the server's clock, before the first picture and every few seconds; ages are counted by it, and its absence means a lost connection.</summary>
internal sealed record LiveTimeDto(DateTimeOffset Time);

/// <summary>Event <c>trouble</c>: no picture can be made now, in a sentence; empty when it is over.</summary>
internal sealed record TroubleDto(string Sentence);
