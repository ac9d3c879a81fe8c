using System.Net.Security;
using System.Net.Sockets;
using System.Security.Cryptography.X509Certificates;

namespace SmartFarm.Mqtt.Session;

/// <summary>Opens a connection to the broker: TCP without delay, and TLS over it if wanted.</summary>
internal static class Connector
{
    /// <exception cref="SocketException">The broker cannot be reached.</exception>
    /// <exception cref="System.Security.Authentication.AuthenticationException">Its certificate is not trusted.</exception>
    /// <exception cref="MqttSessionException">The file of the certificate authority cannot be used.</exception>
    public static async Task<Stream> OpenAsync(MqttSessionOptions options, CancellationToken cancellationToken)
    {
        var socket = new Socket(SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        Stream? stream = null;
        try
        {
            if (options.ReadPatience > TimeSpan.Zero && !options.UseTls && OperatingSystem.IsLinux())
            {
                await PatientStream.ConnectAsync(socket, options.Host, options.Port, cancellationToken);
                return new PatientStream(socket, options.ReadPatience);
            }

            await socket.ConnectAsync(options.Host, options.Port, cancellationToken);
            stream = new NetworkStream(socket, ownsSocket: true);
            if (options.UseTls)
            {
                var tls = new SslStream(stream);
                stream = tls;
                await tls.AuthenticateAsClientAsync(TlsOptions(options), cancellationToken);
            }

            return stream;
        }
        catch
        {
            stream?.Dispose();
            socket.Dispose();
            throw;
        }
    }

    private static SslClientAuthenticationOptions TlsOptions(MqttSessionOptions options)
    {
        var tls = new SslClientAuthenticationOptions { TargetHost = options.Host };
        if (options.CaFile is { } file)
        {
            tls.CertificateChainPolicy = new X509ChainPolicy
            {
                TrustMode = X509ChainTrustMode.CustomRootTrust,
                RevocationMode = X509RevocationMode.NoCheck,
            };
            Import(tls.CertificateChainPolicy.CustomTrustStore, file);
        }

        return tls;
    }

    private static void Import(X509Certificate2Collection store, string file)
    {
        try
        {
            store.ImportFromPemFile(file);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or System.Security.Cryptography.CryptographicException)
        {
            throw new MqttSessionException($"The file of the certificate authority, {file}, cannot be used: {e.Message}");
        }

        // A file with a key only, or in DER, imports as nothing, without an error.
        if (store.Count == 0)
        {
            throw new MqttSessionException($"The file of the certificate authority, {file}, has no certificate in it: give it a PEM file with BEGIN CERTIFICATE.");
        }
    }
}
