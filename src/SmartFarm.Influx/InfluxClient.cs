using System.IO.Compression;
using System.Net;
using System.Net.Http.Headers;

namespace SmartFarm.Influx;

/// <summary>
/// The HTTP API that InfluxDB 1.x, 2.x and 3.x share: writes of line protocol with millisecond times, and InfluxQL.
/// One instance per database for the life of the process. Thread-safe. Does not retry: its caller knows when.
/// </summary>
public sealed class InfluxClient : IDisposable
{
    private const int MaxErrorBytes = 64 * 1024;

    /// <summary>
    /// From this size on a body is sent only when the server asks for it (RFC 9110, 10.1.1). InfluxDB says 413 and hangs up before it has
    /// read a larger one: its answer would be lost in a broken pipe, and the body be taken for unanswered for ever.
    /// </summary>
    private const int AskBeforeBytes = 256 * 1024;
    private static readonly MediaTypeHeaderValue LineProtocolType = new("text/plain", "utf-8");

    private readonly TimeProvider _time;
    private readonly HttpClient _http;
    private readonly Uri _writeUri;
    private readonly Uri _queryUri;
    private readonly Uri _pingUri;
    private readonly Credentials _credentials;

    /// <summary>Makes a client; nothing is sent yet.</summary>
    /// <exception cref="ArgumentException">The options have problems; the message names them all.</exception>
    public InfluxClient(InfluxOptions options, TimeProvider time)
    {
        if (string.Join(' ', options.Problems()) is { Length: > 0 } problems)
        {
            throw new ArgumentException(problems, nameof(options));
        }

        (Options, _time) = (options, time);
        var root = options.Url.AbsoluteUri.TrimEnd('/') + '/';
        var database = Uri.EscapeDataString(options.Database);
        _writeUri = new Uri(root + (options.Version == 1
            ? $"write?db={database}&precision=ms"
            : $"api/v2/write?bucket={database}&org={Uri.EscapeDataString(options.Org ?? "")}&precision=ms"));
        _queryUri = new Uri($"{root}query?db={database}&epoch=ms");
        _pingUri = new Uri(root + "ping");
        _credentials = new Credentials(options);
        _http = CreateHttp(options);
    }

    /// <summary>What it was made with.</summary>
    public InfluxOptions Options { get; }

    /// <summary>The clock it measures with.</summary>
    public TimeProvider Clock => _time;

    /// <summary>Writes rows of line protocol, times in milliseconds. Never throws but for cancellation: the reply says what became of them.</summary>
    public async ValueTask<InfluxReply> WriteAsync(ReadOnlyMemory<byte> lines, CancellationToken cancellationToken)
    {
        using var zipped = Options.Gzip && lines.Length >= Options.GzipFrom ? Zip(lines.Span) : null;
        using var answer = new PooledStream(MaxErrorBytes);
        return await SendAsync(HttpMethod.Post, _writeUri, Content, answer, Options.Timeout, cancellationToken);

        HttpContent Content()
        {
            var content = new ReadOnlyMemoryContent(zipped?.Written ?? lines);
            content.Headers.ContentType = LineProtocolType;
            if (zipped is not null)
            {
                content.Headers.ContentEncoding.Add("gzip");
            }

            return content;
        }
    }

    /// <summary>Asks whether the database answers, and which it is.</summary>
    public async ValueTask<InfluxReply> PingAsync(CancellationToken cancellationToken)
    {
        using var answer = new PooledStream(MaxErrorBytes);
        return await SendAsync(HttpMethod.Get, _pingUri, null, answer, Options.Timeout, cancellationToken);
    }

    /// <summary>Runs InfluxQL and gives every series of every statement; times in Unix ms.</summary>
    /// <exception cref="InfluxException">There was no answer, or it is an error, or it is cut.</exception>
    public async ValueTask<IReadOnlyList<InfluxSeries>> QueryAsync(string query, CancellationToken cancellationToken)
    {
        using var answer = new PooledStream(Options.MaxAnswerBytes);
        var reply = await SendAsync(HttpMethod.Post, _queryUri, () => new FormUrlEncodedContent([KeyValuePair.Create("q", query)]), answer, Options.QueryTimeout, cancellationToken);
        if (reply.Status != (int)HttpStatusCode.OK)
        {
            throw new InfluxException(reply.Status == 0 ? reply.Message : $"{Options} answers {reply.Status}: {reply.Message}", reply.Status);
        }

        return answer.IsCut
            ? throw new InfluxException($"{Options} gives an answer of more than {Options.MaxAnswerBytes} bytes: ask for less time or longer steps.", reply.Status)
            : InfluxAnswer.Read(answer.Written.Span, Options);
    }

    /// <inheritdoc/>
    public void Dispose() => _http.Dispose();

    private static HttpClient CreateHttp(InfluxOptions options)
    {
        var handler = new SocketsHttpHandler
        {
            // A followed redirect turns POST into GET, and its 200 would pass for "stored".
            AllowAutoRedirect = false,
            UseCookies = false,
            AutomaticDecompression = DecompressionMethods.GZip,
            ConnectTimeout = options.Timeout,
            MaxConnectionsPerServer = 8,
            PooledConnectionLifetime = TimeSpan.FromMinutes(5),
        };
        return new HttpClient(handler) { Timeout = Timeout.InfiniteTimeSpan };
    }

    private static PooledStream Zip(ReadOnlySpan<byte> lines)
    {
        var zipped = new PooledStream(int.MaxValue);
        using (var gzip = new GZipStream(zipped, CompressionLevel.Fastest, leaveOpen: true))
        {
            gzip.Write(lines);
        }

        return zipped;
    }

    private async ValueTask<InfluxReply> SendAsync(
        HttpMethod method, Uri uri, Func<HttpContent>? content, PooledStream answer, TimeSpan allowed, CancellationToken cancellationToken)
    {
        var header = _credentials.Header;
        var reply = await SendOnceAsync(method, uri, content?.Invoke(), header, answer, allowed, cancellationToken);
        if (reply.Status is 401 or 403 && _credentials.Renew(header))
        {
            answer.Clear();
            reply = await SendOnceAsync(method, uri, content?.Invoke(), _credentials.Header, answer, allowed, cancellationToken);
        }

        return reply;
    }

    private async ValueTask<InfluxReply> SendOnceAsync(
        HttpMethod method, Uri uri, HttpContent? content, AuthenticationHeaderValue? credentials, PooledStream answer, TimeSpan allowed, CancellationToken cancellationToken)
    {
        using var timeout = new CancellationTokenSource(allowed, _time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, timeout.Token);
        HttpResponseMessage? response = null;
        try
        {
            using var request = new HttpRequestMessage(method, uri) { Content = content };
            request.Headers.Authorization = credentials;
            request.Headers.ExpectContinue = content?.Headers.ContentLength >= AskBeforeBytes;
            response = await _http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, either.Token);
            await using var body = await response.Content.ReadAsStreamAsync(either.Token);
            await answer.FillAsync(body, either.Token);
            return InfluxReplies.Read(response.StatusCode, response.Headers, answer.Written.Span, _time.GetUtcNow());
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            return Broken(response, answer, $"{Options} did not answer within {allowed.TotalSeconds:0.###} s.", isTimeout: true);
        }
        catch (Exception e) when (e is HttpRequestException or IOException or InvalidDataException)
        {
            return Broken(response, answer, $"{Options} cannot be reached: {(e.InnerException ?? e).Message.TrimEnd('.')}.", isTimeout: false);
        }
        finally
        {
            response?.Dispose();
        }
    }

    /// <summary>
    /// An answer of which the end is missing. Its status counts, and what it asks for, where nothing depends on the rest; never does it
    /// store or refuse a row.
    /// </summary>
    private InfluxReply Broken(HttpResponseMessage? response, PooledStream answer, string message, bool isTimeout) =>
        response is not null && InfluxReplies.Read(response.StatusCode, response.Headers, answer.Written.Span, _time.GetUtcNow())
            is { Verdict: InfluxVerdict.TryLater or InfluxVerdict.NeedsMending or InfluxVerdict.TooLarge } reply
            ? reply
            : new InfluxReply(0, InfluxVerdict.TryLater, message, IsTimeout: isTimeout);
}
