namespace SmartFarm.Simulator.Controllers.KsX3267;

/// <summary>What a node or device is asked to do: operation codes of KS X 3267:2022, those of actuators. A space of its own: 303 is another thing as a status.</summary>
internal enum Operation
{
    /// <summary>Off, or stay where you are.</summary>
    Stop = 0,

    /// <summary>Change of authority; the node only.</summary>
    Control = 2,

    /// <summary>Switch: on.</summary>
    On = 201,

    /// <summary>Switch: on for a time.</summary>
    TimedOn = 202,

    /// <summary>Opener: to the open end.</summary>
    Open = 301,

    /// <summary>Opener: to the closed end.</summary>
    Close = 302,

    /// <summary>Opener: towards the open end for a time.</summary>
    TimedOpen = 303,

    /// <summary>Opener: towards the closed end for a time.</summary>
    TimedClose = 304,

    /// <summary>Opener: to a position in per cent.</summary>
    SetPosition = 305,
}

/// <summary>What a node or device reports: status codes of KS X 3267:2022, those of actuators.</summary>
internal enum Status
{
    /// <summary>Nothing to do.</summary>
    Ready = 0,

    /// <summary>It could not do what it was asked.</summary>
    Error = 1,

    /// <summary>Switch: on.</summary>
    On = 201,

    /// <summary>Switch: in a person's hand.</summary>
    SwitchUserControl = 299,

    /// <summary>Opener: on its way to the open end.</summary>
    Opening = 301,

    /// <summary>Opener: on its way to the closed end.</summary>
    Closing = 302,

    /// <summary>Opener: in a person's hand.</summary>
    OpenerUserControl = 399,
}

/// <summary>Who has authority over a node.</summary>
internal enum Authority
{
    /// <summary>The node itself.</summary>
    Local = 1,

    /// <summary>Who writes to it.</summary>
    Remote = 2,

    /// <summary>A person.</summary>
    Manual = 3,
}

/// <summary>What kind a device is.</summary>
internal enum DeviceCode
{
    /// <summary>Switch level 1: on, off, on for a time.</summary>
    Switch = 102,

    /// <summary>Opener level 2: with a position.</summary>
    Opener = 113,
}
