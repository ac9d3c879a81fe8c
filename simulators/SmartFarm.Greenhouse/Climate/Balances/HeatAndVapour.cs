namespace SmartFarm.Greenhouse.Climate.Balances;

/// <summary>
/// The balances of heat and vapour of one short step, solved together: C·Δy/Δt = Σ in − Σ out, with each flow as it is at the end of the
/// step (linearly implicit Euler). What leaves a node arrives at another, so the balances close to the last digits; and as every column of the
/// matrix is dominated by its diagonal, no step is too long and elimination needs no pivot.
/// </summary>
internal static class HeatAndVapour
{
    /// <summary>Number of flows between nodes: those up to the last mist.</summary>
    public const int Flows = (int)HouseFlow.TopMist + 1;

    private const int Columns = Nodes.Count + 1;

    /// <summary>Solves for the change of each node. Flows that end beyond their limits are set to the limit, for good, and the rest is solved again.</summary>
    /// <param name="flows">All flows, by <see cref="HouseFlow"/>.</param>
    /// <param name="capacities">Of each node: J m⁻² K⁻¹ for heat, kg of dry air per m² for vapour.</param>
    /// <param name="seconds">Length of the step, s.</param>
    /// <param name="change">The change of each node: K, or kg/kg.</param>
    public static void Solve(Span<Flow> flows, ReadOnlySpan<double> capacities, double seconds, Span<double> change)
    {
        Span<double> matrix = stackalloc double[Nodes.Count * Columns];
        do
        {
            matrix.Clear();
            for (var i = 0; i < Nodes.Count; i++)
            {
                matrix[(i * Columns) + i] = capacities[i] / seconds;
            }

            foreach (ref readonly var flow in flows)
            {
                Add(matrix, flow);
            }

            Eliminate(matrix, change);
        }
        while (HoldAtLimits(flows, change));
    }

    private static void Add(Span<double> matrix, in Flow flow)
    {
        var (from, to) = ((int)flow.From, (int)flow.To);
        if (flow.From != Node.Around)
        {
            var worth = flow.From.IsHeat() && flow.To.IsVapour() ? Physics.Evaporation : 1;
            AddTo(matrix, from, from, to, worth, flow);
        }

        if (flow.To != Node.Around)
        {
            var worth = flow.To.IsHeat() && flow.From.IsVapour() ? Physics.Evaporation : 1;
            AddTo(matrix, to, from, to, -worth, flow);
        }
    }

    /// <summary>Adds a flow to the equation of one node: counted positive as it leaves.</summary>
    private static void AddTo(Span<double> matrix, int row, int from, int to, double worth, in Flow flow)
    {
        var equation = matrix.Slice(row * Columns, Columns);
        equation[Nodes.Count] -= worth * flow.Start;
        if (flow.From != Node.Around)
        {
            equation[from] += worth * flow.ByFrom;
        }

        if (flow.To != Node.Around)
        {
            equation[to] -= worth * flow.ByTo;
        }
    }

    private static void Eliminate(Span<double> matrix, Span<double> solution)
    {
        for (var pivot = 0; pivot < Nodes.Count; pivot++)
        {
            var from = matrix.Slice(pivot * Columns, Columns);
            for (var row = pivot + 1; row < Nodes.Count; row++)
            {
                var equation = matrix.Slice(row * Columns, Columns);
                var factor = equation[pivot] / from[pivot];
                for (var column = pivot + 1; factor != 0 && column < Columns; column++)
                {
                    equation[column] -= factor * from[column];
                }
            }
        }

        for (var row = Nodes.Count - 1; row >= 0; row--)
        {
            var equation = matrix.Slice(row * Columns, Columns);
            var sum = equation[Nodes.Count];
            for (var column = row + 1; column < Nodes.Count; column++)
            {
                sum -= equation[column] * solution[column];
            }

            solution[row] = sum / equation[row];
        }
    }

    private static bool HoldAtLimits(Span<Flow> flows, ReadOnlySpan<double> change)
    {
        var isHeld = false;
        foreach (ref var flow in flows)
        {
            var amount = flow.At(change);
            if (amount < flow.Least || amount > flow.Most)
            {
                flow = flow.HeldAt(Math.Clamp(amount, flow.Least, flow.Most));
                isHeld = true;
            }
        }

        return isHeld;
    }
}
