using System.Buffers.Binary;
using System.Collections.Immutable;
using System.Text.Json;
using PolicyCompiler.Core.Bpf;
using PolicyCompiler.Core.Diagnostics;
using PolicyCompiler.Core.Model;
using PolicyCompiler.Core.Names;
using PolicyCompiler.Core.Tables;

namespace PolicyCompiler.Pipeline.Bundles;

/// <summary>Identities and ipcache of a bundle; ipBlocks are numbers that stand for their texts.</summary>
internal sealed class BundleIdentities
{
    private readonly Dictionary<string, int> _blocks = new(StringComparer.Ordinal);
    private readonly ImmutableArray<NamePattern> _patterns;
    private readonly NameClasses _classes;
    private readonly ImmutableArray<Identity> _identities;
    private readonly ImmutableArray<IpCacheEntry> _cache;

    public BundleIdentities(EnforcementBundle bundle)
    {
        (_patterns, _classes) = Names(bundle.Directory);
        var identities = bundle.Identities.GetProperty("identities").EnumerateArray().Select(Read).ToList();
        _identities = [new Identity(0, 0, IdentityKind.World, "", LabelSet.Empty, [], []), .. identities];
        if (_identities.Select((identity, index) => identity.Index != index).Any(wrong => wrong))
        {
            throw new FormatException("the indexes of its identities are not in order");
        }

        _cache = [.. bundle.Maps.SelectMany(Entries)];
        Nodes =
        [
            .. _cache.Where(e => e.IsEndpoint && _identities[e.IdentityIndex].Node is not null)
                .GroupBy(e => _identities[e.IdentityIndex].Node!.Name, StringComparer.Ordinal)
                .Select(n => new Node(n.Key, LabelSet.Empty, [.. n.Select(e => e.Prefix.Address)], SourceSpan.None)),
        ];
    }

    public int Count => _identities.Length;

    /// <summary>Nodes by the addresses that have identities.</summary>
    public ImmutableArray<Node> Nodes { get; }

    /// <param name="endpoints">The identity numbers of the endpoints.</param>
    public IdentityTable Table(ImmutableArray<uint> endpoints)
    {
        var byNumber = _identities.GroupBy(i => i.Number).ToDictionary(g => g.Key, g => g.First().Index);
        return new IdentityTable(_identities, _cache, [], _patterns, _classes, [.. endpoints.Select(n => byNumber[n])]);
    }

    private Identity Read(JsonElement identity)
    {
        var kind = identity.GetProperty("kind").GetString();
        return new Identity(
            identity.GetProperty("index").GetInt32(), identity.GetProperty("number").GetUInt32(),
            kind switch
            {
                "world-ipv4" or "world-ipv6" => IdentityKind.World,
                "labels" => IdentityKind.Labels,
                "node" => IdentityKind.Node,
                "reserved" => IdentityKind.Reserved,
                "name" => IdentityKind.Name,
                "cidr" => IdentityKind.Cidr,
                _ => throw new FormatException($"identity kind {kind} is unknown"),
            },
            "", LabelSet.Empty, [], [.. Texts(identity, "ipBlocks").Select(Block)])
        {
            Node = identity.TryGetProperty("node", out var node) ? new Node(node.GetString()!, LabelSet.Empty, [], SourceSpan.None) : null,
            Entity = identity.TryGetProperty("entity", out var entity) && Entities.TryParse(entity.GetString()!, out var known) ? known : null,
            Family = identity.TryGetProperty("family", out var family) ? Enum.Parse<AddressFamily>(family.GetString()!) : null,
            Names = [.. Texts(identity, "namePatterns").Select(PatternOf).Order()],
        };
    }

    private int Block(string text)
    {
        if (!_blocks.TryGetValue(text, out var number))
        {
            _blocks.Add(text, number = _blocks.Count);
        }

        return number;
    }

    private int PatternOf(string text) => _patterns.Select((p, i) => (p.Text, Index: i)).First(p => p.Text == text).Index;

    private static IEnumerable<string> Texts(JsonElement holder, string name) =>
        holder.TryGetProperty(name, out var list) ? list.EnumerateArray().Select(t => t.GetString()!) : [];

    private static IEnumerable<IpCacheEntry> Entries(MapContents map)
    {
        var isExact = map.Name is "policyc_ipcache4" or "policyc_ipcache6";
        for (var i = 0; (isExact || map.Name is "policyc_prefix4" or "policyc_prefix6") && i < map.Count; i++)
        {
            var key = map.Keys.AsSpan().Slice(i * map.KeySize, map.KeySize);
            var address = IpAddress.FromBytes(isExact ? key : key[4..]);
            var length = isExact ? address.Bits : BinaryPrimitives.ReadInt32LittleEndian(key);
            yield return new IpCacheEntry(
                new IpPrefix(address, length), BinaryPrimitives.ReadInt32LittleEndian(map.Values.AsSpan().Slice(i * map.ValueSize, map.ValueSize)), isExact, false);
        }
    }

    private static (ImmutableArray<NamePattern> Patterns, NameClasses Classes) Names(string directory)
    {
        var file = Path.Combine(directory, BundleLayout.Names);
        if (!File.Exists(file))
        {
            return ([], new NameClasses([], IsComplete: true, IsClosed: true));
        }

        using var document = JsonDocument.Parse(File.ReadAllBytes(file));
        return (
            [.. document.RootElement.GetProperty("patterns").EnumerateArray().Select(p => new NamePattern(p.GetProperty("text").GetString()!, p.GetProperty("pattern").GetBoolean(), SourceSpan.None))],
            new NameClasses([], IsComplete: true, document.RootElement.GetProperty("closed").GetBoolean()));
    }
}
