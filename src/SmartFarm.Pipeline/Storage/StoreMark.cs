using SmartFarm.Pipeline.Intake;

namespace SmartFarm.Pipeline.Storage;

/// <summary>A mark behind everything that was handed to the store so far: reached when all of it is durable and acknowledged.</summary>
public sealed class StoreMark : IReceiptOwner
{
    private readonly TaskCompletionSource _reached = new(TaskCreationOptions.RunContinuationsAsynchronously);

    private StoreMark()
    {
    }

    /// <summary>Completes when the mark is reached; never while the store cannot commit.</summary>
    public Task Reached => _reached.Task;

    /// <summary>Sets a mark.</summary>
    public static StoreMark Set(StoreRunner store)
    {
        var mark = new StoreMark();
        store.Add(new Receipt(mark, 0, 0), static (batch, receipt) => batch.Add(receipt));
        return mark;
    }

    /// <inheritdoc/>
    public void Settle(int connection, long sequence) => _reached.TrySetResult();
}
