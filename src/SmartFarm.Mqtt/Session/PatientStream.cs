using System.Net.Sockets;
using System.Runtime.Versioning;
using System.Threading.Tasks.Sources;

namespace SmartFarm.Mqtt.Session;

/// <summary>
/// A network stream whose reads gather: a broker sends one small packet per system call, and to wake up for each costs more than to handle
/// it. A read waits for the first byte as long as it takes, and then, while less than <see cref="Worth"/> has come, a little longer for more.
/// A thread of its own waits, and runs what awaits the read, so that no other thread has to be woken. All calls on the socket block: after
/// the first asynchronous one .NET would be woken for each packet again. One read and one write at a time.
/// </summary>
/// <param name="socket">Connected by <see cref="ConnectAsync"/>; owned by the stream.</param>
/// <param name="patience">
/// How long to wait for more. This is the time-out of a system call, not a timer. The first <see cref="Moment"/> of it gathers what the
/// broker is just sending; when nothing comes in the rest, several times over, the broker is waiting for our acknowledgements, and for
/// a while the rest is not waited for.
/// </param>
[SupportedOSPlatform("linux")]
internal sealed class PatientStream(Socket socket, TimeSpan patience) : NetworkStream(socket, ownsSocket: true), IValueTaskSource<int>
{
    /// <summary>Bytes for which nobody waits any longer.</summary>
    public const int Worth = 16 * 1024;

    // socket(7): from this many bytes on, poll says that there is something to read.
    private const int SolSocket = 1;
    private const int SoRcvLowAt = 18;
    private const int MostInVain = 3;
    private const int ReadsInHaste = 100;

    // A poll cannot be interrupted without shutting the socket, so it looks up now and then.
    private static readonly TimeSpan s_look = TimeSpan.FromMilliseconds(200);

    /// <summary>How long is always waited for more.</summary>
    public static readonly TimeSpan Moment = TimeSpan.FromMilliseconds(1);

    private readonly AutoResetEvent _asked = new(false);
    private ManualResetValueTaskSourceCore<int> _read;
    private Memory<byte> _buffer;
    private CancellationToken _cancellationToken;
    private Thread? _thread;
    private bool _isAsked;
    private volatile bool _isDisposed;
    private int _inVain;
    private int _inHaste;

    /// <summary>Connects a new socket, which is disposed of when that is cancelled.</summary>
    public static async Task ConnectAsync(Socket socket, string host, int port, CancellationToken cancellationToken)
    {
        await using var cancelling = cancellationToken.UnsafeRegister(static socket => ((Socket)socket!).Dispose(), socket);
        var connecting = Task.Factory.StartNew(() => socket.Connect(host, port), CancellationToken.None, TaskCreationOptions.LongRunning, TaskScheduler.Default);
        try
        {
            await connecting.WaitAsync(cancellationToken);
        }
        catch (ObjectDisposedException) when (cancellationToken.IsCancellationRequested)
        {
            throw new OperationCanceledException(cancellationToken);
        }
    }

    /// <inheritdoc/>
    public override ValueTask WriteAsync(ReadOnlyMemory<byte> buffer, CancellationToken cancellationToken = default)
    {
        try
        {
            cancellationToken.ThrowIfCancellationRequested();
            using var cancelling = cancellationToken.UnsafeRegister(static stream => ((PatientStream)stream!).Shut(SocketShutdown.Both), this);
            Write(buffer.Span);
            return ValueTask.CompletedTask;
        }
        catch (Exception e)
        {
            return ValueTask.FromException(cancellationToken.IsCancellationRequested ? new OperationCanceledException(e.Message, e, cancellationToken) : e);
        }
    }

    /// <inheritdoc/>
    public override ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
    {
        if (cancellationToken.IsCancellationRequested)
        {
            return ValueTask.FromCanceled<int>(cancellationToken);
        }

        _read.Reset();
        (_buffer, _cancellationToken) = (buffer, cancellationToken);
        if (_thread is null)
        {
            _thread = new Thread(Run) { IsBackground = true, Name = "MQTT receive" };
            _thread.Start();
        }

        Volatile.Write(ref _isAsked, true);
        _asked.Set();
        Interlocked.MemoryBarrier();
        return _isDisposed && Interlocked.Exchange(ref _isAsked, false)
            ? ValueTask.FromException<int>(new ObjectDisposedException(nameof(PatientStream)))
            : new ValueTask<int>(this, _read.Version);
    }

    /// <inheritdoc/>
    public int GetResult(short token) => _read.GetResult(token);

    /// <inheritdoc/>
    public ValueTaskSourceStatus GetStatus(short token) => _read.GetStatus(token);

    /// <inheritdoc/>
    public void OnCompleted(Action<object?> continuation, object? state, short token, ValueTaskSourceOnCompletedFlags flags) =>
        _read.OnCompleted(continuation, state, token, flags);

    /// <inheritdoc/>
    protected override void Dispose(bool disposing)
    {
        if (disposing && !_isDisposed)
        {
            _isDisposed = true;
            _asked.Set();
        }

        base.Dispose(disposing);
    }

    // Every read that was asked for is answered, also when the stream is disposed of before its turn. The event is left to the collector:
    // whoever disposes of the stream may still be setting it.
    private void Run()
    {
        do
        {
            _asked.WaitOne();
            Answer();
        }
        while (!_isDisposed);

        Answer();
    }

    private void Answer()
    {
        if (!Interlocked.Exchange(ref _isAsked, false))
        {
            return;
        }

        Exception? fault = null;
        var read = 0;
        try
        {
            ObjectDisposedException.ThrowIf(_isDisposed, this);
            read = Receive();
        }
        catch (Exception e)
        {
            fault = e;
        }

        if (fault is null)
        {
            _read.SetResult(read);
        }
        else
        {
            _read.SetException(fault);
        }
    }

    private int Receive()
    {
        while (true)
        {
            while (!Socket.Poll(s_look, SelectMode.SelectRead))
            {
                _cancellationToken.ThrowIfCancellationRequested();
                ObjectDisposedException.ThrowIf(_isDisposed, this);
            }

            if (Socket.Available < Worth)
            {
                WakeFrom(Worth);
                Gather();
                WakeFrom(1);
            }

            _cancellationToken.ThrowIfCancellationRequested();
            ObjectDisposedException.ThrowIf(_isDisposed, this);
            var read = Socket.Receive(_buffer.Span, SocketFlags.None, out var error);
            switch (error)
            {
                case SocketError.Success:
                    return read;
                case SocketError.WouldBlock or SocketError.Interrupted:
                    continue;
                default:
                    throw new IOException(new SocketException((int)error).Message);
            }
        }
    }

    private void Gather()
    {
        if (Socket.Poll(Moment, SelectMode.SelectRead) || patience <= Moment)
        {
            return;
        }

        if (_inHaste > 0)
        {
            _inHaste--;
            return;
        }

        var before = Socket.Available;
        Socket.Poll(patience - Moment, SelectMode.SelectRead);
        _inVain = Socket.Available > before ? 0 : _inVain + 1;
        if (_inVain == MostInVain)
        {
            (_inVain, _inHaste) = (0, ReadsInHaste);
        }
    }

    private void WakeFrom(int bytes) => Socket.SetRawSocketOption(SolSocket, SoRcvLowAt, BitConverter.GetBytes(bytes));

    private void Shut(SocketShutdown how)
    {
        try
        {
            Socket.Shutdown(how);
        }
        catch (Exception e) when (e is SocketException or ObjectDisposedException)
        {
            // The connection is gone already.
        }
    }
}
