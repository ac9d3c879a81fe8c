namespace SmartFarm.Pipeline.Storage;

/// <summary>The data folder cannot be opened, read or written. The message is one sentence for the operator: what, where, what to do.</summary>
public class StoreException : IOException
{
    /// <summary>An error with its sentence.</summary>
    public StoreException(string message, Exception? inner = null)
        : base(message, inner)
    {
    }
}

/// <summary>There is no room: nothing of the batch was stored, and it may be tried again when there is.</summary>
public sealed class StoreFullException : StoreException
{
    /// <summary>An error with its sentence.</summary>
    public StoreFullException(string message, Exception? inner = null)
        : base(message, inner)
    {
    }
}
