using SmartFarm.Rules.Engine;

namespace SmartFarm.Rules.Kinds.Irrigation;

/// <summary>Why a cycle began.</summary>
internal enum Occasion
{
    None,
    Dry,
    Light,
    Every,
    MaxRest,
}

/// <summary>How a cycle ended.</summary>
internal enum Ending
{
    None,

    /// <summary>It gave what it had to give.</summary>
    Done,

    /// <summary><c>when</c> was no longer true.</summary>
    Closed,

    /// <summary>No water came.</summary>
    NoFlow,

    /// <summary>The water was not as it must be.</summary>
    Feed,

    /// <summary>The longest time was over before the dose was given.</summary>
    TooSlow,
}

/// <summary>Names for the numbers that an irrigation remembers.</summary>
internal readonly ref struct IrrigationMemory(ref RuleState state)
{
    public const int Count = 19;

    private readonly ref RuleState _state = ref state;

    /// <summary>Up to when light and water are counted.</summary>
    public long? Counted { get => _state.Time(0); set => Set(0, value); }

    /// <summary>Since when a cycle runs; null while none does.</summary>
    public long? Running { get => _state.Time(1); set => Set(1, value); }

    /// <summary>When the last one began.</summary>
    public long? Began { get => _state.Time(2); set => Set(2, value); }

    /// <summary>When the last one ended.</summary>
    public long? Ended { get => _state.Time(3); set => Set(3, value); }

    /// <summary>Since when cycles may begin; null while they may not.</summary>
    public long? Open { get => _state.Time(4); set => Set(4, value); }

    /// <summary>Since when too little water flows; null while enough does.</summary>
    public long? FlowLow { get => _state.Time(5); set => Set(5, value); }

    /// <summary>Since when the water is not as it must be.</summary>
    public long? FeedOff { get => _state.Time(6); set => Set(6, value); }

    /// <summary>Before this no cycle begins.</summary>
    public long? Locked { get => _state.Time(7); set => Set(7, value); }

    /// <summary>The local midnight, wall time, from which the day is counted; 0 before the first.</summary>
    public ref double Day => ref _state.Memory[8];

    /// <summary>Light since the last cycle began, J/cm².</summary>
    public ref double Light => ref _state.Memory[9];

    /// <summary>Light at <see cref="Counted"/>, W/m²; NaN when it is not known.</summary>
    public ref double LightNow => ref _state.Memory[10];

    /// <summary>Flow at <see cref="Counted"/>, L/min; NaN when it is not known.</summary>
    public ref double FlowNow => ref _state.Memory[11];

    /// <summary>Water given by this cycle, or the last one, L/m².</summary>
    public ref double Given => ref _state.Memory[12];

    /// <summary>Water given today, L/m².</summary>
    public ref double DayLitres => ref _state.Memory[13];

    /// <summary>Cycles begun today.</summary>
    public ref double DayCycles => ref _state.Memory[14];

    /// <summary>The sum of light that a cycle waits for, J/cm², as drain has moved it.</summary>
    public ref double LightWanted => ref _state.Memory[15];

    /// <summary>Whether it is being made moist.</summary>
    public bool Wetting { get => _state.Memory[16] > 0; set => _state.Memory[16] = value ? 1 : 0; }

    /// <summary>Why the last cycle began.</summary>
    public Occasion Occasion { get => (Occasion)Number(17); set => _state.Memory[17] = (double)value; }

    /// <summary>How the last cycle ended.</summary>
    public Ending Ending { get => (Ending)Number(18); set => _state.Memory[18] = (double)value; }

    /// <summary>Makes zeroes of counts that have not begun.</summary>
    public void Begin()
    {
        for (var i = 8; i < Count; i++)
        {
            if (double.IsNaN(_state.Memory[i]) && i is not (10 or 11 or 15))
            {
                _state.Memory[i] = 0;
            }
        }
    }

    private int Number(int memory) => double.IsNaN(_state.Memory[memory]) ? 0 : (int)_state.Memory[memory];

    private void Set(int memory, long? timeMs)
    {
        if (timeMs is { } time)
        {
            _state.SetTime(memory, time);
        }
        else
        {
            _state.Memory[memory] = double.NaN;
        }
    }
}
