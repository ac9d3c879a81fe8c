using System.Net.Http.Headers;
using System.Text;

namespace SmartFarm.Influx;

/// <summary>What a request shows to be let in. A secret that stands in a file may be changed while we run. Thread-safe.</summary>
internal sealed class Credentials(InfluxOptions options)
{
    private AuthenticationHeaderValue? _header = HeaderOf(options);

    public AuthenticationHeaderValue? Header => Volatile.Read(ref _header);

    /// <summary>After a refusal: whether there is something else to show than what was refused, having looked into the files again.</summary>
    public bool Renew(AuthenticationHeaderValue? refused)
    {
        var token = Read(options.TokenFile) is { } read && read.All(InfluxOptions.IsTokenCharacter) ? read : options.Token;
        var now = HeaderOf(options with { Token = token, Password = Read(options.PasswordFile) ?? options.Password });
        Volatile.Write(ref _header, now);
        return !Equals(now, refused);
    }

    private static AuthenticationHeaderValue? HeaderOf(InfluxOptions options) => options switch
    {
        { Token: { } token } => new AuthenticationHeaderValue("Token", token),
        { Username: { } name } => new AuthenticationHeaderValue("Basic", Convert.ToBase64String(Encoding.UTF8.GetBytes($"{name}:{options.Password}"))),
        _ => null,
    };

    /// <summary>The secret; null when there is no file, or it is empty or cannot be read now.</summary>
    private static string? Read(string? file)
    {
        try
        {
            var secret = file is null ? "" : File.ReadAllText(file).Trim();
            return secret.Length > 0 ? secret : null;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }
}
