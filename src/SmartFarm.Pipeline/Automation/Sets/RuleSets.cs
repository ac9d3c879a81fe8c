using Microsoft.Extensions.Logging;
using SmartFarm.Domain.Farms;
using SmartFarm.Rules.Loading;

namespace SmartFarm.Pipeline.Automation.Sets;

/// <summary>
/// Which rule set is in charge and which runs in shadow: publishes, promotes and rolls back. A set that does not compile for this farm is never put to
/// work: the last good one stays. What is done is durable before it takes effect, so that a restart finds the same sets at work. Thread-safe.
/// </summary>
public sealed partial class RuleSets(Farm farm, IRuleSetStore store, TimeProvider clock, ILogger<RuleSets> log) : IDisposable
{
    /// <summary>Who adopts what was changed in the rules folder.</summary>
    public const string Folder = "folder";

    private readonly SemaphoreSlim _one = new(1, 1);
    private SetsAtWork? _atWork;
    private string? _trouble;

    /// <summary>Says what is newly at work. Called under the lock of this class: must not wait for it.</summary>
    public event Action<SetsAtWork>? Changed;

    /// <summary>What is at work.</summary>
    /// <exception cref="InvalidOperationException">Nothing was begun yet.</exception>
    public SetsAtWork AtWork => Volatile.Read(ref _atWork) ?? throw new InvalidOperationException("No rule set has been put to work yet.");

    /// <summary>Why the rules folder is not what is at work, in a sentence; null when it was taken as it is.</summary>
    public string? Trouble => Volatile.Read(ref _trouble);

    /// <summary>Every move so far, oldest first.</summary>
    public ValueTask<IReadOnlyList<RuleSetMove>> MovesAsync(CancellationToken cancellationToken) => store.MovesAsync(cancellationToken);

    /// <summary>The newest versions, newest first.</summary>
    public ValueTask<IReadOnlyList<RuleSetHead>> ListAsync(int limit, CancellationToken cancellationToken) => store.ListAsync(limit, cancellationToken);

    /// <summary>A version with its files, or null.</summary>
    public ValueTask<RuleSet?> FindAsync(int version, CancellationToken cancellationToken) => store.FindAsync(version, cancellationToken);

    /// <summary>Puts a set to work that is in no folder and has no number.</summary>
    public void Begin(LoadedSet given)
    {
        Volatile.Write(ref _atWork, new SetsAtWork(given, null));
        Changed?.Invoke(_atWork!);
    }

    /// <summary>
    /// Puts to work what was at work before. The folder is adopted when it was changed since it was last, so that whoever acted last wins: who edited
    /// the folder, or who promoted or rolled back.
    /// </summary>
    /// <param name="folder">What is in the rules folder.</param>
    /// <param name="follows">Whether a changed folder is adopted; it always is when nothing was ever in charge.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <exception cref="RuleSetException">There is no set that can be put in charge.</exception>
    public async Task BeginAsync(RuleSetFiles folder, bool follows, CancellationToken cancellationToken)
    {
        using (await LockAsync(cancellationToken))
        {
            var (moves, roles) = await RolesAsync(cancellationToken);
            var adopted = moves.LastOrDefault(m => m.By == Folder);
            var adoptedFiles = adopted is null ? null : await store.FindAsync(adopted.Version, cancellationToken);
            if (roles.Production is not { } version || (follows && adoptedFiles?.Files.Fingerprint != folder.Fingerprint))
            {
                await AdoptAsync(folder, roles.Production is null, cancellationToken);
                if (_atWork is not null)
                {
                    return;
                }

                version = roles.Production!.Value;
            }

            try
            {
                await UseAsync(version, roles.Shadow, cancellationToken);
                Log.Begun(log, version, roles.Shadow);
            }
            catch (RuleSetException e)
            {
                // After a change of farm.yaml. A greenhouse with the rules of its folder is better off than one with none.
                Log.NoLongerFits(log, version, string.Join(Environment.NewLine, e.Findings));
                await AdoptAsync(folder, isNeeded: true, cancellationToken);
            }
        }
    }

    /// <summary>Takes what is in the rules folder now, when it differs from what was last taken from there. Never throws for what is in it.</summary>
    public async Task FollowAsync(RuleSetFiles folder, CancellationToken cancellationToken)
    {
        using (await LockAsync(cancellationToken))
        {
            await AdoptAsync(folder, isNeeded: false, cancellationToken);
        }
    }

    /// <summary>Publishes a rule set: checked, numbered and kept, but not put to work.</summary>
    /// <exception cref="RuleSetException">It does not compile.</exception>
    public async Task<RuleSetHead> PublishAsync(RuleSetFiles files, string author, string note, CancellationToken cancellationToken)
    {
        using (await LockAsync(cancellationToken))
        {
            Compile(0, files);
            var head = await store.AddAsync(files, author, note, cancellationToken);
            Log.Published(log, head.Version, head.Fingerprint, head.Author, head.Note);
            return head;
        }
    }

    /// <summary>Runs a version beside the one in charge.</summary>
    /// <exception cref="RuleSetException">There is no such version, it does not compile for the farm as it is, or it is the one in charge.</exception>
    public Task ShadowAsync(int version, string by, string reason, CancellationToken cancellationToken) => MoveAsync(
        roles => version != roles.Production
            ? new RuleSetMove(NowMs, RuleSetAct.Shadowed, version, by, reason)
            : throw new RuleSetException($"Version {version} is in charge: it cannot be its own shadow. Publish the candidate first, and name its version."),
        cancellationToken);

    /// <summary>Ends the shadow.</summary>
    /// <exception cref="RuleSetException">None is running.</exception>
    public Task EndShadowAsync(string by, string reason, CancellationToken cancellationToken) => MoveAsync(
        roles => roles.Shadow is { } version
            ? new RuleSetMove(NowMs, RuleSetAct.Unshadowed, version, by, reason)
            : throw new RuleSetException("No rule set runs in shadow."),
        cancellationToken);

    /// <summary>Puts a version in charge.</summary>
    /// <exception cref="RuleSetException">There is no such version, it does not compile for the farm as it is, or it is in charge already.</exception>
    public Task PromoteAsync(int version, string by, string reason, CancellationToken cancellationToken) => MoveAsync(
        roles => version != roles.Production
            ? new RuleSetMove(NowMs, RuleSetAct.Promoted, version, by, reason)
            : throw new RuleSetException($"Version {version} is in charge already."),
        cancellationToken);

    /// <summary>Puts the version in charge again that was before the newest promotion.</summary>
    /// <exception cref="RuleSetException">There is none before.</exception>
    public Task RollBackAsync(string by, string reason, CancellationToken cancellationToken) => MoveAsync(
        roles => roles.Before is { } before
            ? new RuleSetMove(NowMs, RuleSetAct.RolledBack, before, by, reason)
            : throw new RuleSetException("There is no version before the one in charge to go back to."),
        cancellationToken);

    /// <summary>Undoes the promotion of a set by its own guard; does nothing when that was undone or replaced meanwhile, or is too long ago.</summary>
    /// <returns>Whether it was undone.</returns>
    public async Task<bool> UndoAsync(GuardTrip trip, CancellationToken cancellationToken)
    {
        using (await LockAsync(cancellationToken))
        {
            var (_, roles) = await RolesAsync(cancellationToken);
            if (roles.Promoted is not { } promotion || promotion.Version != trip.Version || NowMs - promotion.TimeMs > trip.Within.TotalMilliseconds || roles.Before is not { } before)
            {
                return false;
            }

            await MakeAsync(roles, new RuleSetMove(NowMs, RuleSetAct.RolledBack, before, $"guard {trip.Guard}", trip.Text), cancellationToken);
            return true;
        }
    }

    /// <inheritdoc/>
    public void Dispose() => _one.Dispose();

    private long NowMs => clock.GetUtcNow().ToUnixTimeMilliseconds();

    private async Task MoveAsync(Func<RuleSetRoles, RuleSetMove> move, CancellationToken cancellationToken)
    {
        using (await LockAsync(cancellationToken))
        {
            var (_, roles) = await RolesAsync(cancellationToken);
            await MakeAsync(roles, move(roles), cancellationToken);
        }
    }

    private async Task MakeAsync(RuleSetRoles before, RuleSetMove move, CancellationToken cancellationToken)
    {
        // Compiled before it is noted: a move that cannot take effect is none.
        await LoadAsync(move.Version, cancellationToken);
        await store.MoveAsync(move, cancellationToken);
        var (_, roles) = await RolesAsync(cancellationToken);
        await UseAsync(roles.Production ?? before.Production!.Value, roles.Shadow, cancellationToken);
        Log.Moved(log, move.Act, move.Version, move.By, move.Reason);
    }

    private async Task AdoptAsync(RuleSetFiles folder, bool isNeeded, CancellationToken cancellationToken)
    {
        try
        {
            Compile(0, folder);
        }
        catch (RuleSetException e) when (!isNeeded)
        {
            _trouble = $"The rules folder holds mistakes, so it is not at work: {string.Join(' ', e.Findings)}";
            Log.NotAdopted(log, string.Join(Environment.NewLine, e.Findings));
            return;
        }

        var head = await store.AddAsync(folder, Folder, "as it was found in the rules folder", cancellationToken);
        var (_, roles) = await RolesAsync(cancellationToken);
        _trouble = null;
        await MakeAsync(roles, new RuleSetMove(NowMs, RuleSetAct.Promoted, head.Version, Folder, "the rules folder was changed"), cancellationToken);
    }

    private async Task UseAsync(int production, int? shadow, CancellationToken cancellationToken)
    {
        var old = _atWork;
        var inCharge = old?.Production.Version == production ? old.Production : await LoadAsync(production, cancellationToken);
        LoadedSet? beside = null;
        try
        {
            beside = shadow is not { } version ? null : old?.Shadow?.Version == version ? old.Shadow : await LoadAsync(version, cancellationToken);
        }
        catch (RuleSetException e)
        {
            // The farm may have changed under it: that must not keep the one in charge from its work.
            Log.NoShadow(log, shadow!.Value, e.Message);
        }

        Volatile.Write(ref _atWork, new SetsAtWork(inCharge, beside));
        Changed?.Invoke(_atWork!);
    }

    private async Task<LoadedSet> LoadAsync(int version, CancellationToken cancellationToken) => await store.FindAsync(version, cancellationToken) is { } set
        ? Compile(version, set.Files)
        : throw new RuleSetException($"There is no version {version}; 'smartfarm rules versions' lists them.");

    private LoadedSet Compile(int version, RuleSetFiles files)
    {
        var result = RuleLoader.Compile(files.Texts, farm);
        return result.IsValid
            ? new LoadedSet(version, result.Book)
            : throw new RuleSetException($"The rule set has {result.Findings.Count} mistake(s) and cannot be put to work.", result.Findings);
    }

    private async Task<(IReadOnlyList<RuleSetMove> Moves, RuleSetRoles Roles)> RolesAsync(CancellationToken cancellationToken)
    {
        var moves = await store.MovesAsync(cancellationToken);
        return (moves, RuleSetRoles.Of(moves));
    }

    private async Task<Unlock> LockAsync(CancellationToken cancellationToken)
    {
        await _one.WaitAsync(cancellationToken);
        return new Unlock(_one);
    }

    private readonly struct Unlock(SemaphoreSlim one) : IDisposable
    {
        public void Dispose() => one.Release();
    }

    private static partial class Log
    {
        [LoggerMessage(LogLevel.Information, "Rule set {Version} is in charge; in shadow: {Shadow}.")]
        public static partial void Begun(ILogger logger, int version, int? shadow);

        [LoggerMessage(LogLevel.Information, "Rule set {Version} ({Fingerprint}) is published by {Author}: {Note}")]
        public static partial void Published(ILogger logger, int version, string fingerprint, string author, string note);

        [LoggerMessage(LogLevel.Information, "{Act}: rule set {Version}, by {By}. {Reason}")]
        public static partial void Moved(ILogger logger, RuleSetAct act, int version, string by, string reason);

        [LoggerMessage(LogLevel.Error, "The rules folder was changed and holds mistakes; the rules that were at work stay at work.\n{Findings}")]
        public static partial void NotAdopted(ILogger logger, string findings);

        [LoggerMessage(LogLevel.Error, "Rule set {Version} was in charge and does not fit the farm as it is now; the rules folder takes its place.\n{Findings}")]
        public static partial void NoLongerFits(ILogger logger, int version, string findings);

        [LoggerMessage(LogLevel.Error, "Rule set {Version} no longer runs in shadow. {Reason}")]
        public static partial void NoShadow(ILogger logger, int version, string reason);
    }
}
