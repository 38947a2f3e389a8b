using System.Collections.Immutable;
using PolicyCompiler.Core.Tables;

namespace PolicyCompiler.Core.Assertions;

/// <summary>Ports that both sides of a flow decide alike.</summary>
internal readonly record struct PairSegment(PortKeyRange Range, PortVerdict Egress, PortVerdict Ingress)
{
    public bool IsOpen => Egress.IsOpen && Ingress.IsOpen;

    /// <param name="asked">In order.</param>
    /// <param name="egress">In order, and over all that is asked.</param>
    /// <param name="ingress">Likewise.</param>
    public static IEnumerable<PairSegment> Of(ImmutableArray<PortKeyRange> asked, ImmutableArray<PortVerdict> egress, ImmutableArray<PortVerdict> ingress)
    {
        var (e, i) = (0, 0);
        foreach (var range in asked)
        {
            for (var first = range.First; first <= range.Last;)
            {
                e = At(egress, e, first);
                i = At(ingress, i, first);
                var last = Math.Min(range.Last, Math.Min(egress[e].Range.Last, ingress[i].Range.Last));
                yield return new PairSegment(new PortKeyRange(first, last), egress[e], ingress[i]);
                first = last + 1;
            }
        }
    }

    /// <summary>The same in smaller parts, cut where something starts.</summary>
    public IEnumerable<PairSegment> Cut(IEnumerable<int> starts)
    {
        var range = Range;
        int[] firsts = [range.First, .. starts.Where(s => s > range.First && s <= range.Last).Distinct().Order()];
        for (var i = 0; i < firsts.Length; i++)
        {
            yield return this with { Range = new PortKeyRange(firsts[i], i + 1 < firsts.Length ? firsts[i + 1] - 1 : range.Last) };
        }
    }

    private static int At(ImmutableArray<PortVerdict> verdicts, int index, int key)
    {
        while (verdicts[index].Range.Last < key)
        {
            index++;
        }

        return index;
    }
}
