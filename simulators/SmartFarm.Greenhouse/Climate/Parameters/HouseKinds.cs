namespace SmartFarm.Greenhouse.Climate;

/// <summary>The kinds of houses by name, for commands and files.</summary>
public static class HouseKinds
{
    private static readonly Dictionary<string, HouseParameters> Table = new(StringComparer.Ordinal)
    {
        ["glass"] = HouseParameters.Glass,
        ["single-film"] = HouseParameters.SingleFilm,
        ["double-film"] = HouseParameters.DoubleFilm,
        ["triple-film"] = HouseParameters.TripleFilm,
        ["three-layer-korean"] = HouseParameters.ThreeLayerKorean,
    };

    /// <summary>All names.</summary>
    public static IReadOnlyCollection<string> Names => Table.Keys;

    /// <summary>A kind; null when there is none of that name.</summary>
    public static HouseParameters? Find(string name) => Table.GetValueOrDefault(name);
}
