using SmartFarm.Pipeline.Storage;

namespace SmartFarm.Worker.Influx;

/// <summary>Writes nothing before the database was looked at once: one that is new there and then would refuse the first rows, and be left alone for a while.</summary>
internal sealed class PreparedSink(IPointSink inner, InfluxSetup setup) : IPointSink
{
    /// <inheritdoc/>
    public async ValueTask<WriteResult> WriteAsync(ReadOnlyMemory<byte> lines, CancellationToken cancellationToken)
    {
        await setup.Looked.WaitAsync(cancellationToken);
        return await inner.WriteAsync(lines, cancellationToken);
    }
}
