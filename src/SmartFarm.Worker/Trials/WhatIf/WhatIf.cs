using SmartFarm.Simulator;
using SmartFarm.Worker.Settings;
using SmartFarm.Worker.Trials.Loop;

namespace SmartFarm.Worker.Trials.WhatIf;

/// <summary>Several rule sets in the same story, with the same chance.</summary>
internal static class WhatIf
{
    /// <summary>Plays every candidate with every seed.</summary>
    /// <param name="story">The story of a seed: its faults may differ.</param>
    /// <param name="candidates">The rule sets; the bands of the first, where it declares some, judge all of them.</param>
    /// <param name="seeds">The seeds.</param>
    /// <param name="progress">Told how far it is, 0 to 1.</param>
    /// <param name="cancellationToken">Ends it early, with an exception.</param>
    /// <returns>By candidate, then by seed.</returns>
    /// <exception cref="SettingsException">The story does not fit the farm.</exception>
    public static LoopResult[][] Run(
        Func<long, LoopStory> story, IReadOnlyList<Candidate> candidates, IReadOnlyList<long> seeds, IProgress<double>? progress, CancellationToken cancellationToken)
    {
        var results = candidates.Select(_ => new LoopResult[seeds.Count]).ToArray();
        var (done, total) = (0, candidates.Count * seeds.Count);
        try
        {
            Parallel.For(0, total, new ParallelOptions { CancellationToken = cancellationToken }, i =>
            {
                var (candidate, seed) = (i % candidates.Count, i / candidates.Count);
                results[candidate][seed] = LoopRun.Run(story(seeds[seed]), candidates[candidate].Book, seeds[seed], candidates[0].Book, cancellationToken);
                progress?.Report(Interlocked.Increment(ref done) / (double)total);
            });
        }
        catch (AggregateException e) when (e.InnerExceptions.OfType<SimulatorException>().FirstOrDefault() is { } wrong)
        {
            throw new SettingsException(wrong.Message, wrong);
        }

        return results;
    }
}
