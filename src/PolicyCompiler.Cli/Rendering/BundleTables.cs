using System.Globalization;
using System.Runtime.InteropServices;
using System.Text;
using System.Text.Json;
using PolicyCompiler.Core.Bpf;
using PolicyCompiler.Core.Tables;
using PolicyCompiler.Pipeline.Bundles;

namespace PolicyCompiler.Cli.Rendering;

/// <summary>The verdict tables of a bundle, read from its pages as the datapath reads them.</summary>
internal sealed class BundleTables(EnforcementBundle bundle, Func<int, string> describe)
{
    private const int Bits = 6;

    private readonly uint[] _words = MemoryMarshal.Cast<byte, uint>(bundle.Maps.Single(m => m.Name == MapContentsBuilder.Pages).Values.AsSpan()).ToArray();
    private readonly int _identities = bundle.Identities.GetProperty("identities").GetArrayLength();
    private readonly Dictionary<uint, List<(PortKeyRange Range, int Column)>> _ports = [];

    /// <summary>Identities with the same row together, and for each the port ranges by decision.</summary>
    /// <param name="side">A direction of an endpoint policy in endpoints.json.</param>
    /// <param name="text">Where to.</param>
    public void Write(JsonElement side, StringBuilder text)
    {
        var (identityRoot, identityLevels) = (side.GetProperty("identityRoot").GetUInt32(), side.GetProperty("identityLevels").GetInt32());
        var ports = side.GetProperty("portLevels").GetInt32() is var portLevels && portLevels == 0
            ? [(PortKeyRange.Everything, 0)]
            : PortsOf(side.GetProperty("portRoot").GetUInt32(), portLevels);
        var rowLevels = side.GetProperty("rowLevels").GetInt32();
        foreach (var row in Enumerable.Range(1, _identities).GroupBy(identity => Walk(identityRoot, identityLevels, identity)))
        {
            var runs = IndexRuns.Of(row).Select(r => r.First == r.Last ? $"{r.First}" : $"{r.First}-{r.Last}");
            text.Append(CultureInfo.InvariantCulture, $"identities {string.Join(' ', runs)}:\n");
            foreach (var cell in ports.GroupBy(p => Walk(row.Key, rowLevels, p.Column)))
            {
                text.Append(CultureInfo.InvariantCulture, $"  {string.Join(", ", cell.Select(c => c.Range))}: {describe(new VerdictWord(cell.Key).Decision)}\n");
            }
        }
    }

    private List<(PortKeyRange Range, int Column)> PortsOf(uint root, int levels)
    {
        if (!_ports.TryGetValue(root, out var ranges))
        {
            _ports.Add(root, ranges = []);
            for (var key = 0; key < PortKey.Count; key++)
            {
                var column = (int)Walk(root, levels, key);
                if (ranges.Count > 0 && ranges[^1].Column == column)
                {
                    ranges[^1] = (new PortKeyRange(ranges[^1].Range.First, key), column);
                }
                else
                {
                    ranges.Add((new PortKeyRange(key, key), column));
                }
            }
        }

        return ranges;
    }

    private uint Walk(uint page, int levels, int key)
    {
        for (var level = levels - 1; level >= 0; level--)
        {
            page = _words[((int)page * PolicyTables.PageSlots) + ((key >> (level * Bits)) & (PolicyTables.PageSlots - 1))];
        }

        return page;
    }
}
