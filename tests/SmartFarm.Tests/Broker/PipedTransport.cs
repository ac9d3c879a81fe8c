using System.IO.Pipelines;
using Microsoft.AspNetCore.Connections;

namespace SmartFarm.Tests.Broker;

/// <summary>A connection without a socket: Kestrel's own context over two pipes of the test.</summary>
internal sealed record PipedTransport(PipeReader Input, PipeWriter Output) : IDuplexPipe
{
    public static ConnectionContext Make(Pipe input, Pipe output) => new DefaultConnectionContext { Transport = new PipedTransport(input.Reader, output.Writer) };
}
