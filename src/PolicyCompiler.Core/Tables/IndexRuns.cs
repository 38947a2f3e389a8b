using System.Collections.Immutable;

namespace PolicyCompiler.Core.Tables;

/// <summary>Ascending numbers as inclusive runs.</summary>
public static class IndexRuns
{
    public static ImmutableArray<(int First, int Last)> Of(IEnumerable<int> numbers)
    {
        var runs = ImmutableArray.CreateBuilder<(int First, int Last)>();
        foreach (var number in numbers)
        {
            if (runs.Count > 0 && runs[^1].Last == number - 1)
            {
                runs[^1] = (runs[^1].First, number);
            }
            else
            {
                runs.Add((number, number));
            }
        }

        return runs.ToImmutable();
    }
}
