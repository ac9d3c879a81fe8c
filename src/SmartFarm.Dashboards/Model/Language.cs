namespace SmartFarm.Dashboards.Model;

/// <summary>A language that the dashboards are made in.</summary>
/// <param name="Code">ISO 639-1; the folder under <c>dashboards/</c> and the key in the table of texts.</param>
/// <param name="Folder">Name of the folder in Grafana.</param>
public sealed record Language(string Code, string Folder)
{
    /// <summary>All, the one that others are translated from first.</summary>
    public static readonly IReadOnlyList<Language> All =
        [new("en", "SmartFarm"), new("ru", "SmartFarm (русский)"), new("kk", "SmartFarm (қазақша)"), new("ko", "SmartFarm (한국어)")];

    /// <summary>The fixed uid of a dashboard in this language.</summary>
    public string Uid(string board) => this == All[0] ? $"smartfarm-{board}" : $"smartfarm-{board}-{Code}";

    /// <summary>What the dashboards of this language are linked by.</summary>
    public string Tag => $"smartfarm-{Code}";
}
