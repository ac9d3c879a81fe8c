using SmartFarm.Rules.Engine;
using SmartFarm.Rules.Language.Terms;

namespace SmartFarm.Rules.Language;

/// <summary>A piece of a window.</summary>
/// <param name="Index">Which piece of time, or <see cref="WindowState.Empty"/>.</param>
/// <param name="Weight">Seconds, or number of amounts, seen in it.</param>
/// <param name="Total">Value × seconds, or the sum of amounts.</param>
/// <param name="Low">Smallest value.</param>
/// <param name="High">Largest value.</param>
/// <param name="First">First value.</param>
/// <param name="FirstMs">Event time of it.</param>
internal record struct WindowPiece(long Index, double Weight, double Total, double Low, double High, double First, long FirstMs);

/// <summary>What one window of a rule remembers. Bounded: a piece of time takes the place of the one a window length before it.</summary>
internal sealed class WindowState
{
    /// <summary>Marks a piece that was never used.</summary>
    public const long Empty = long.MinValue;

    public required WindowPiece[] Pieces { get; init; }

    /// <summary>Length of a piece, ms.</summary>
    public required long PieceMs { get; init; }

    /// <summary>The value that holds; NaN when it is not known.</summary>
    public double Held { get; set; } = double.NaN;

    /// <summary>Event time up to which the pieces are filled.</summary>
    public long SeenMs { get; set; } = long.MinValue;

    /// <summary>Event time of the first look.</summary>
    public long FirstMs { get; set; } = long.MaxValue;

    /// <summary>Event time of the newest amount that was counted.</summary>
    public long SampleMs { get; set; } = long.MinValue;

    /// <summary>Wall time from which an anchored window counts.</summary>
    public long AnchorWallMs { get; set; } = long.MinValue;

    /// <summary>The same as event time.</summary>
    public long StartMs { get; set; } = long.MinValue;

    /// <summary>One that has seen nothing.</summary>
    /// <param name="pieces">How many pieces it has.</param>
    /// <param name="pieceMs">Length of a piece, ms.</param>
    public static WindowState New(int pieces, long pieceMs) => new() { Pieces = [.. Enumerable.Repeat(new WindowPiece(Empty, 0, 0, 0, 0, 0, 0), pieces)], PieceMs = pieceMs };

    /// <summary>Counts anew from an instant.</summary>
    public void Begin(long anchorWallMs, long startMs)
    {
        (AnchorWallMs, StartMs) = (anchorWallMs, startMs);
        Pieces[0] = Pieces[0] with { Index = Empty };
        FirstMs = long.MaxValue;
    }

    /// <summary>Whether anything is left in it from a piece of time on.</summary>
    public bool Holds(long oldest)
    {
        foreach (ref readonly var piece in Pieces.AsSpan())
        {
            if (piece.Index >= oldest)
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>Adds a value that held for some seconds.</summary>
    public void Add(long index, double value, double weight, long atMs, WindowFunction function)
    {
        ref var piece = ref Pieces[Pieces.Length == 1 ? 0 : (int)(((index % Pieces.Length) + Pieces.Length) % Pieces.Length)];
        if (piece.Index != index)
        {
            piece = new WindowPiece(index, 0, 0, double.PositiveInfinity, double.NegativeInfinity, value, atMs);
        }

        piece.Weight += weight;
        piece.Total += function == WindowFunction.Sum ? value : value * weight;
        piece.Low = Math.Min(piece.Low, value);
        piece.High = Math.Max(piece.High, value);
    }

    /// <summary>The same with every event time moved.</summary>
    public WindowState Shifted(long ms) => new()
    {
        PieceMs = PieceMs,
        Pieces = [.. Pieces.Select(p => p.Index == Empty ? p : p with { Index = Pieces.Length == 1 ? p.Index : p.Index + (long)Math.Round(ms / (double)PieceMs), FirstMs = p.FirstMs + ms })],
        Held = Held,
        SeenMs = EventTime.Shift(SeenMs, ms),
        FirstMs = EventTime.Shift(FirstMs, ms),
        SampleMs = EventTime.Shift(SampleMs, ms),
        AnchorWallMs = AnchorWallMs,
        StartMs = EventTime.Shift(StartMs, ms),
    };
}
