namespace SmartFarm.Greenhouse.Climate;

/// <summary>The flows of a house per m² of floor, counted positive as they are named: heat in W/m², vapour and water in kg m⁻² s⁻¹, CO₂ in mg m⁻² s⁻¹, salts in g m⁻² s⁻¹.</summary>
public enum HouseFlow
{
    /// <summary>Sun absorbed by frame and fittings, which give it to the air.</summary>
    SunToAir,

    /// <summary>Sun absorbed by the leaves.</summary>
    SunToCanopy,

    /// <summary>Sun absorbed by the energy screen.</summary>
    SunToScreen,

    /// <summary>Sun absorbed by the cover.</summary>
    SunToCover,

    /// <summary>Sun absorbed by the floor.</summary>
    SunToFloor,

    /// <summary>Heat of the lamps to the air, with their light that nothing else absorbs.</summary>
    LampsToAir,

    /// <summary>Light of the lamps absorbed by the leaves.</summary>
    LampsToCanopy,

    /// <summary>Light of the lamps absorbed by the floor.</summary>
    LampsToFloor,

    /// <summary>Heat of the boiler to the pipes.</summary>
    BoilerToPipe,

    /// <summary>Heat of the boiler to the air, through a fan coil.</summary>
    BoilerToAir,

    /// <summary>Electricity of the circulation fans, which ends as heat of the air.</summary>
    FansToAir,

    /// <summary>Radiation.</summary>
    CanopyToCover,

    /// <summary>Radiation through the cover.</summary>
    CanopyToSky,

    /// <summary>Radiation.</summary>
    CanopyToScreen,

    /// <summary>Radiation.</summary>
    CanopyToFloor,

    /// <summary>Radiation.</summary>
    PipeToCanopy,

    /// <summary>Radiation.</summary>
    PipeToCover,

    /// <summary>Radiation through the cover.</summary>
    PipeToSky,

    /// <summary>Radiation.</summary>
    PipeToScreen,

    /// <summary>Radiation.</summary>
    PipeToFloor,

    /// <summary>Radiation.</summary>
    FloorToCover,

    /// <summary>Radiation through the cover.</summary>
    FloorToSky,

    /// <summary>Radiation.</summary>
    FloorToScreen,

    /// <summary>Radiation.</summary>
    ScreenToCover,

    /// <summary>Radiation through the cover.</summary>
    ScreenToSky,

    /// <summary>Radiation.</summary>
    CoverToSky,

    /// <summary>Convection.</summary>
    CanopyToAir,

    /// <summary>Convection.</summary>
    FloorToAir,

    /// <summary>Convection.</summary>
    PipeToAir,

    /// <summary>Convection.</summary>
    AirToScreen,

    /// <summary>Convection.</summary>
    ScreenToTop,

    /// <summary>Convection.</summary>
    TopToCover,

    /// <summary>Convection to the wind.</summary>
    CoverToOutside,

    /// <summary>Conduction through the cover.</summary>
    CoverInnerToOuter,

    /// <summary>Conduction.</summary>
    FloorToSoil,

    /// <summary>Conduction.</summary>
    SoilToSubsoil,

    /// <summary>Conduction.</summary>
    SubsoilToGround,

    /// <summary>Air that passes the screen or its gap.</summary>
    AirToTop,

    /// <summary>Air through side vents and gaps.</summary>
    AirToOutside,

    /// <summary>Air through roof vents and gaps.</summary>
    TopToOutside,

    /// <summary>Air that the pad fans draw through the house, less what it brings in.</summary>
    AirToPadFan,

    /// <summary>Vapour with the air that passes the screen or its gap.</summary>
    VapourToTop,

    /// <summary>Vapour through side vents and gaps.</summary>
    VapourToOutside,

    /// <summary>Vapour through roof vents and gaps.</summary>
    TopVapourToOutside,

    /// <summary>Vapour that the pad fans draw out, less what they bring in.</summary>
    VapourToPadFan,

    /// <summary>Water that the leaves evaporate; negative when dew falls on them.</summary>
    Transpiration,

    /// <summary>Fog that evaporates.</summary>
    FogEvaporation,

    /// <summary>Water that condenses under the energy screen.</summary>
    ScreenCondensation,

    /// <summary>Water that condenses under the cover.</summary>
    CoverCondensation,

    /// <summary>Mist that forms in saturated air among the crop.</summary>
    Mist,

    /// <summary>Mist that forms in saturated air above the screen.</summary>
    TopMist,

    /// <summary>All sun on the house, W/m².</summary>
    Sun,

    /// <summary>Sun that the house reflects, W/m².</summary>
    SunReflected,

    /// <summary>Sun that the shade screen absorbs and keeps outside, W/m².</summary>
    SunToShade,

    /// <summary>Electricity of the lamps, W/m².</summary>
    LampPower,

    /// <summary>Electricity of fans and pumps, W/m².</summary>
    MotorPower,

    /// <summary>Exchange of air with outside through vents, gaps and pad fans, m³ m⁻² s⁻¹.</summary>
    AirExchange,

    /// <summary>CO₂ dosed.</summary>
    Co2Dosed,

    /// <summary>CO₂ bound by the crop less what it breathes out.</summary>
    Co2Uptake,

    /// <summary>CO₂ that leaves with the air.</summary>
    Co2ToOutside,

    /// <summary>Water from the mains into the tank.</summary>
    Mains,

    /// <summary>Water dripped.</summary>
    Irrigation,

    /// <summary>Water through the fog nozzles.</summary>
    FogNozzles,

    /// <summary>Water that the air takes from the pads.</summary>
    PadWater,

    /// <summary>Water that the crop takes from the root zone.</summary>
    WaterTaken,

    /// <summary>Water drained from the root zone.</summary>
    Drain,

    /// <summary>Salts that come with the drip.</summary>
    SaltIn,

    /// <summary>Salts that the crop takes up.</summary>
    SaltTaken,

    /// <summary>Salts that leave with the drain.</summary>
    SaltOut,
}
