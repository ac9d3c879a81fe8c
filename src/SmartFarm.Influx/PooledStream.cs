using System.Buffers;

namespace SmartFarm.Influx;

/// <summary>Keeps what is written to it in a pooled array, up to a limit; the rest is dropped and <see cref="IsCut"/> says so.</summary>
internal sealed class PooledStream(int limit) : Stream
{
    private byte[] _bytes = ArrayPool<byte>.Shared.Rent(4096);
    private int _length;

    /// <summary>What was written; valid until disposed.</summary>
    public ReadOnlyMemory<byte> Written => _bytes.AsMemory(0, _length);

    /// <summary>Whether more came than fits.</summary>
    public bool IsCut { get; private set; }

    /// <summary>Copies a stream to its end or to the limit, and no further: nobody is read from without end.</summary>
    public async ValueTask FillAsync(Stream source, CancellationToken cancellationToken)
    {
        var part = ArrayPool<byte>.Shared.Rent(16 * 1024);
        try
        {
            int read;
            while (!IsCut && (read = await source.ReadAsync(part, cancellationToken)) > 0)
            {
                Write(part.AsSpan(0, read));
            }
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(part);
        }
    }

    /// <summary>Forgets what was written.</summary>
    public void Clear() => (_length, IsCut) = (0, false);

    public override bool CanRead => false;

    public override bool CanSeek => false;

    public override bool CanWrite => true;

    public override long Length => _length;

    public override long Position { get => _length; set => throw new NotSupportedException(); }

    public override void Write(ReadOnlySpan<byte> buffer)
    {
        if (buffer.Length > limit - _length)
        {
            IsCut = true;
            buffer = buffer[..(limit - _length)];
        }

        if (_length + buffer.Length > _bytes.Length)
        {
            var larger = ArrayPool<byte>.Shared.Rent(Math.Max(_length + buffer.Length, (int)Math.Min(_bytes.Length * 2L, Array.MaxLength)));
            Written.Span.CopyTo(larger);
            ArrayPool<byte>.Shared.Return(_bytes);
            _bytes = larger;
        }

        buffer.CopyTo(_bytes.AsSpan(_length));
        _length += buffer.Length;
    }

    public override void Write(byte[] buffer, int offset, int count) => Write(buffer.AsSpan(offset, count));

    public override ValueTask WriteAsync(ReadOnlyMemory<byte> buffer, CancellationToken cancellationToken = default)
    {
        Write(buffer.Span);
        return ValueTask.CompletedTask;
    }

    public override Task WriteAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken)
    {
        Write(buffer.AsSpan(offset, count));
        return Task.CompletedTask;
    }

    public override void Flush()
    {
    }

    public override int Read(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();

    protected override void Dispose(bool disposing)
    {
        if (disposing && _bytes.Length > 0)
        {
            ArrayPool<byte>.Shared.Return(_bytes);
            (_bytes, _length) = ([], 0);
        }

        base.Dispose(disposing);
    }
}
