namespace PolicyCompiler.Benchmarks;

/// <summary>Measurements of one thing in one unit.</summary>
internal sealed class Samples
{
    private readonly List<double> _values = [];

    public bool IsEmpty => _values.Count == 0;

    /// <exception cref="InvalidOperationException">Nothing was measured.</exception>
    public double Median => Quantile(0.5);

    public double LowerQuartile => Quantile(0.25);

    public double UpperQuartile => Quantile(0.75);

    public void Add(double value) => _values.Add(value);

    private double Quantile(double share)
    {
        if (IsEmpty)
        {
            throw new InvalidOperationException("nothing was measured");
        }

        double[] sorted = [.. _values.Order()];
        return sorted[(int)Math.Round((sorted.Length - 1) * share, MidpointRounding.AwayFromZero)];
    }
}
