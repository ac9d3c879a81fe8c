using SmartFarm.Domain.Farms;
using SmartFarm.Rules;
using SmartFarm.Simulator.Scenarios;

namespace SmartFarm.Worker.Trials.Loop;

/// <summary>Rules in closed loop with a simulated site, in memory: the same story, rules and seed give the same run, to the last digit.</summary>
internal static class LoopRun
{
    /// <summary>Plays it.</summary>
    /// <param name="story">What happens.</param>
    /// <param name="book">The rules, compiled for the farm of the story.</param>
    /// <param name="seed">Chance of weather, houses and noise.</param>
    /// <param name="progress">Told now and then how far it is, 0 to 1.</param>
    /// <param name="cancellationToken">Ends it early, with an exception.</param>
    /// <exception cref="Simulator.SimulatorException">A fault befalls something that the farm has not.</exception>
    public static LoopResult Run(LoopStory story, RuleBook book, long seed, IProgress<double>? progress = null, CancellationToken cancellationToken = default)
    {
        var field = story.Field(seed);
        var backend = new LoopBackend(story.Farm, story.Site, book, field);
        var recorders = field.Zones.Select(zone => new ZoneRecorder(zone, Band.Of(zone.Zone.Crop), story.Start)).ToArray();
        var events = new Queue<ScenarioEvent>(story.Events.OrderBy(e => e.At));
        var isUp = true;
        var steps = (int)Math.Ceiling(story.Duration / story.Step);
        for (var step = 1; step <= steps; step++)
        {
            var since = story.Step * step;
            while (events.TryPeek(out var e) && e.At < since)
            {
                isUp = Happen(events.Dequeue(), story.Site, field, backend, isUp);
            }

            field.Advance(story.Start + since);
            if (isUp)
            {
                field.Heartbeat(isOnline: true);
                backend.Step();
            }
            else
            {
                field.Deliver(null);
            }

            foreach (var recorder in recorders)
            {
                recorder.Look(field.Now, story.Step.TotalSeconds);
            }

            if (step % 1000 == 0)
            {
                cancellationToken.ThrowIfCancellationRequested();
                progress?.Report(step / (double)steps);
            }
        }

        return new LoopResult(story, seed, [.. recorders.Zip(backend.Zones, (recorder, zone) => recorder.Result(zone.Desk))]);
    }

    /// <summary>Without its broker the worker is as good as away: neither hears the field.</summary>
    private static bool Happen(ScenarioEvent e, Site site, Simulator.InMemory.MemoryField field, LoopBackend backend, bool isUp)
    {
        switch (e)
        {
            case ScenarioEvent.KeyTurned key when key.Site == site.Id:
                field.Turn(key.Controller, key.Mode);
                break;
            case ScenarioEvent.ServerMoved { IsUp: false }:
                field.Heartbeat(isOnline: false);
                return false;
            case ScenarioEvent.ServerMoved { IsUp: true } up:
                if (up.Server == Server.Worker)
                {
                    backend.Restart();
                }

                return true;
        }

        return isUp;
    }
}
