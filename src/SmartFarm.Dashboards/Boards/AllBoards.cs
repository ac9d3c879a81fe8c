using SmartFarm.Dashboards.Model;

namespace SmartFarm.Dashboards.Boards;

/// <summary>Every dashboard, in the order of reading.</summary>
internal static class AllBoards
{
    public static readonly IReadOnlyList<Board> List =
        [OverviewBoard.Board, ZoneBoard.Board, IrrigationEnergyBoard.Board, AutomationBoard.Board, DevicesBoard.Board, HealthBoard.Board];
}
