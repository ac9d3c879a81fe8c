namespace SmartFarm.Influx;

/// <summary>How to reach an InfluxDB, or a database that speaks its HTTP API.</summary>
public sealed record InfluxOptions
{
    /// <summary>Where it is; a path before the API's own is kept.</summary>
    public required Uri Url { get; init; }

    /// <summary>1: rows go to <c>/write</c>; 2 or 3: to <c>/api/v2/write</c>.</summary>
    public int Version { get; init; } = 2;

    /// <summary>Name of the database, or bucket.</summary>
    public string Database { get; init; } = "smartfarm";

    /// <summary>How long version 1 is told to keep rows; null: it is not told.</summary>
    public TimeSpan? Retention { get; init; }

    /// <summary>Name or id of the organisation; version 2 needs it.</summary>
    public string? Org { get; init; }

    /// <summary>API token; goes before name and password.</summary>
    public string? Token { get; init; }

    /// <summary>File that holds the token: read again when the database refuses the one we have.</summary>
    public string? TokenFile { get; init; }

    /// <summary>Name for Basic authentication.</summary>
    public string? Username { get; init; }

    /// <summary>Password for Basic authentication.</summary>
    public string? Password { get; init; }

    /// <summary>File that holds the password: read again when the database refuses the one we have.</summary>
    public string? PasswordFile { get; init; }

    /// <summary>Whether bodies of <see cref="GzipFrom"/> bytes and more are compressed.</summary>
    public bool Gzip { get; init; }

    /// <summary>Smallest body worth compressing, in bytes: a shorter one fits into one packet anyway.</summary>
    public int GzipFrom { get; init; } = 1024;

    /// <summary>How long a write or a ping may take.</summary>
    public TimeSpan Timeout { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>How long a query may take.</summary>
    public TimeSpan QueryTimeout { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>Largest answer to a query that is read, in bytes.</summary>
    public int MaxAnswerBytes { get; init; } = 64 * 1024 * 1024;

    /// <summary>What is wrong with these options, a sentence each; empty when nothing is.</summary>
    public IEnumerable<string> Problems()
    {
        if (!Url.IsAbsoluteUri || (Url.Scheme != Uri.UriSchemeHttp && Url.Scheme != Uri.UriSchemeHttps))
        {
            yield return $"Url '{Place}' must begin with http:// or https://.";
        }
        else if (Url.UserInfo.Length > 0 || Url.Query.Length > 0 || Url.Fragment.Length > 0)
        {
            yield return $"Url '{Place}' must be an address only: credentials belong into Token, or Username and Password.";
        }

        if (Version is < 1 or > 3)
        {
            yield return $"Version must be 1, 2 or 3, not {Version}.";
        }

        if (string.IsNullOrWhiteSpace(Database))
        {
            yield return "Database must name a database or bucket.";
        }

        if (Version == 2 && Token is not null && string.IsNullOrWhiteSpace(Org))
        {
            yield return "Org must name the organisation of the bucket: InfluxDB 2 needs it.";
        }

        if (Token is not null && !Token.All(IsTokenCharacter))
        {
            yield return "Token holds a space, line feed or other character that no token has.";
        }

        if (Username is not null && Username.Contains(':'))
        {
            yield return "Username must not hold a colon: Basic authentication cannot carry it (RFC 7617, 2).";
        }
    }

    /// <summary>Where, which database and which version; never a secret.</summary>
    public override string ToString() => $"InfluxDB {Version} at {Place}, database {Database}";

    internal static bool IsTokenCharacter(char c) => c is > ' ' and < '\x7f';

    /// <summary>The address without what may be secret in it.</summary>
    private string Place => Url.IsAbsoluteUri ? Url.GetComponents(UriComponents.SchemeAndServer | UriComponents.Path, UriFormat.UriEscaped) : "(relative)";
}
