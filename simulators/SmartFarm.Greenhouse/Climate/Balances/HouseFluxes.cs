using System.Runtime.CompilerServices;
using SmartFarm.Greenhouse.Climate.Balances;

namespace SmartFarm.Greenhouse.Climate;

/// <summary>Every flow of a step, as its mean over the step, per m² of floor.</summary>
[InlineArray(Count)]
public struct HouseFluxes
{
    private const int Count = (int)HouseFlow.SaltOut + 1;

    private double _first;

    /// <summary>A flow in its unit.</summary>
    public double this[HouseFlow flow]
    {
        readonly get => this[(int)flow];
        internal set => this[(int)flow] = value;
    }

    /// <summary>Adds flows with a weight.</summary>
    internal void Add(in HouseFluxes other, double weight)
    {
        for (var i = 0; i < Count; i++)
        {
            this[i] += weight * other[i];
        }
    }

    /// <summary>Sets the flows between nodes to what they were at the end of a step.</summary>
    internal void Set(ReadOnlySpan<Flow> flows, ReadOnlySpan<double> change)
    {
        for (var i = 0; i < flows.Length; i++)
        {
            this[i] = flows[i].At(change);
        }
    }
}
