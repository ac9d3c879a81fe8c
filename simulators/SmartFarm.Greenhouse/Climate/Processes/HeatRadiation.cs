using SmartFarm.Greenhouse.Climate.Balances;

namespace SmartFarm.Greenhouse.Climate.Processes;

/// <summary>Heat radiation between leaves, pipes, floor, screen, cover and sky. Vanthoor 2011 eq. 8.38 and 8.39 with the view factors of table 8.3.</summary>
internal static class HeatRadiation
{
    /// <summary>Emission of pipes. Vanthoor 2011 table 8.2; leaves, floor and sky are black.</summary>
    private const double PipeEmission = 0.88;

    /// <summary>Half of what a pipe near the floor sees lies above it. Vanthoor 2011 table 8.3.</summary>
    private const double PipeUpward = 0.49;

    public static void AddTo(Span<Flow> flows, in Moment m)
    {
        var (fabric, state) = (m.Fabric, m.State);
        var screen = m.House.EnergyScreen;
        var drawn = m.Controls.EnergyScreen;
        var screenEmission = 1 - screen.FirTransmission - screen.FirReflection;
        var pastScreen = 1 - (drawn * (1 - screen.FirTransmission));
        var coverEmission = fabric.CoverFir.Absorption;
        var pastShade = 1 - (m.Controls.ShadeScreen * (1 - m.House.Shade.FirTransmission));
        var pastCover = fabric.CoverFir.Transmission * pastShade;

        var leaves = 1 - fabric.CanopyFirGap;
        var pipes = fabric.PipeArea * PipeEmission;
        var pipesUp = pipes * PipeUpward * fabric.CanopyFirGap;
        var pastPipes = 1 - (PipeUpward * fabric.PipeArea);
        var floorUp = pastPipes * fabric.CanopyFirGap;

        var (canopyC, pipeC, floorC, screenC) = (state.CanopyTemperatureC, state.PipeTemperatureC, state.FloorTemperatureC, state.ScreenTemperatureC);
        var (coverC, outerC, skyC) = (state.CoverTemperatureC, state.CoverOuterTemperatureC, m.Outside.SkyTemperatureC);

        Add(flows, HouseFlow.CanopyToCover, Node.Canopy, Node.CoverInner, leaves * coverEmission * pastScreen, canopyC, coverC);
        Add(flows, HouseFlow.CanopyToSky, Node.Canopy, Node.Around, leaves * pastCover * pastScreen, canopyC, skyC);
        Add(flows, HouseFlow.CanopyToScreen, Node.Canopy, Node.Screen, leaves * screenEmission * drawn, canopyC, screenC);
        Add(flows, HouseFlow.CanopyToFloor, Node.Canopy, Node.Floor, leaves * pastPipes, canopyC, floorC);

        Add(flows, HouseFlow.PipeToCanopy, Node.Pipe, Node.Canopy, pipes * PipeUpward * leaves, pipeC, canopyC);
        Add(flows, HouseFlow.PipeToCover, Node.Pipe, Node.CoverInner, pipesUp * coverEmission * pastScreen, pipeC, coverC);
        Add(flows, HouseFlow.PipeToSky, Node.Pipe, Node.Around, pipesUp * pastCover * pastScreen, pipeC, skyC);
        Add(flows, HouseFlow.PipeToScreen, Node.Pipe, Node.Screen, pipesUp * screenEmission * drawn, pipeC, screenC);
        Add(flows, HouseFlow.PipeToFloor, Node.Pipe, Node.Floor, pipes * PipeUpward, pipeC, floorC);

        Add(flows, HouseFlow.FloorToCover, Node.Floor, Node.CoverInner, floorUp * coverEmission * pastScreen, floorC, coverC);
        Add(flows, HouseFlow.FloorToSky, Node.Floor, Node.Around, floorUp * pastCover * pastScreen, floorC, skyC);
        Add(flows, HouseFlow.FloorToScreen, Node.Floor, Node.Screen, floorUp * screenEmission * drawn, floorC, screenC);

        Add(flows, HouseFlow.ScreenToCover, Node.Screen, Node.CoverInner, screenEmission * coverEmission * drawn, screenC, coverC);
        Add(flows, HouseFlow.ScreenToSky, Node.Screen, Node.Around, screenEmission * pastCover * drawn, screenC, skyC);
        Add(flows, HouseFlow.CoverToSky, Node.CoverOuter, Node.Around, coverEmission * pastShade, outerC, skyC);
    }

    private static void Add(Span<Flow> flows, HouseFlow name, Node from, Node to, double view, double fromC, double toC)
    {
        var (a, b) = (fromC + Physics.Kelvin, toC + Physics.Kelvin);
        flows[(int)name] = Flow.Exchange(from, to, view * Physics.StefanBoltzmann * ((a * a) + (b * b)) * (a + b), fromC, toC);
    }
}
