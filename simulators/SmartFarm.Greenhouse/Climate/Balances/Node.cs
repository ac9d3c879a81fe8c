namespace SmartFarm.Greenhouse.Climate.Balances;

/// <summary>What holds heat or vapour, in the order of the equations: first heat, then vapour, then the world around, which nothing changes.</summary>
internal enum Node
{
    Air,
    Top,
    Canopy,
    Screen,
    CoverInner,
    CoverOuter,
    Pipe,
    Floor,
    Soil,
    Subsoil,
    AirVapour,
    TopVapour,
    Around,
}

internal static class Nodes
{
    /// <summary>Number of equations.</summary>
    public const int Count = (int)Node.Around;

    public static bool IsHeat(this Node node) => node < Node.AirVapour;

    public static bool IsVapour(this Node node) => node is Node.AirVapour or Node.TopVapour;
}
