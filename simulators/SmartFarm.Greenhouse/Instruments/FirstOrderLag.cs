namespace SmartFarm.Greenhouse.Instruments;

/// <summary>
/// A sensor element that follows slowly: first order with a time constant, exact for an input that goes straight from one moment to the
/// next. The first value is taken as settled. Not thread-safe.
/// </summary>
/// <param name="timeConstant">Seconds after which 63 % of a step are shown; zero: at once.</param>
public sealed class FirstOrderLag(double timeConstant)
{
    private double _input = double.NaN;
    private double _output = double.NaN;

    /// <summary>What it shows.</summary>
    /// <param name="input">What there is now.</param>
    /// <param name="seconds">Time since the last call.</param>
    public double Follow(double input, double seconds)
    {
        var from = double.IsNaN(_input) ? input : _input;
        var shown = double.IsNaN(_output) ? from : _output;
        _input = input;
        _output = timeConstant <= 0 || double.IsNaN(input) ? input : seconds <= 0 ? shown : After(from, input, shown, seconds);
        return _output;
    }

    /// <summary>Solution of T·y' + y = u for u going from <paramref name="from"/> to <paramref name="to"/>.</summary>
    private double After(double from, double to, double shown, double seconds)
    {
        var behind = (to - from) / seconds * timeConstant;
        return to - behind + ((shown - from + behind) * Math.Exp(-seconds / timeConstant));
    }
}
