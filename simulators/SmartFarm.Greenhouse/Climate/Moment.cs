using SmartFarm.Greenhouse.Weather;

namespace SmartFarm.Greenhouse.Climate;

/// <summary>What the processes of a house look at: everything at the beginning of a short step.</summary>
internal readonly ref struct Moment(Fabric fabric, in HouseState state, in Outside outside, in HouseControls controls)
{
    public readonly ref readonly HouseState State = ref state;
    public readonly ref readonly Outside Outside = ref outside;
    public readonly ref readonly HouseControls Controls = ref controls;

    public Fabric Fabric { get; } = fabric;

    public HouseParameters House => Fabric.House;
}
