using System.Collections.Immutable;
using System.Globalization;
using PolicyCompiler.Core.Model;

namespace PolicyCompiler.Core.Diff;

/// <summary>Ends of flows that a report names together.</summary>
public abstract record DiffEnd
{
    private const int NamedPods = 3;

    private DiffEnd(string text) => Text = text;

    /// <summary>What it is called in every output.</summary>
    public string Text { get; }

    public sealed override string ToString() => Text;

    /// <summary>Pods of a workload: <c>namespace/name[Kind]</c>, and which of them if it is not all.</summary>
    /// <param name="Namespace">Namespace.</param>
    /// <param name="Name">Name of the workload.</param>
    /// <param name="Kind">Its kind.</param>
    /// <param name="Pods">References of the pods.</param>
    /// <param name="Total">How many the workload has on both sides together.</param>
    public sealed record Workload(string Namespace, string Name, string Kind, ImmutableArray<string> Pods, int Total)
        : DiffEnd($"{Namespace}/{Name}[{Kind}]{(Pods.Length == Total ? "" : PartOf(Pods, Total))}")
    {
        /// <summary>The only member, where it stands for one pod: that has no flow to itself.</summary>
        internal EndMember.Pod? OnePod { get; init; }

        /// <summary>One pod, which has no flow to itself.</summary>
        public bool IsOnePod => OnePod is not null;

        public bool Equals(Workload? other) => other is not null && Text == other.Text && Pods.SequenceEqual(other.Pods);

        public override int GetHashCode() => Text.GetHashCode(StringComparison.Ordinal);

        private static string PartOf(ImmutableArray<string> pods, int total) => string.Create(
            CultureInfo.InvariantCulture,
            $" ({pods.Length} of {total} pods: {string.Join(", ", pods.Take(NamedPods).Select(p => p[(p.IndexOf('/', StringComparison.Ordinal) + 1)..]))}{(pods.Length > NamedPods ? "..." : "")})");
    }

    /// <summary>Addresses outside the cluster, both ends included; those of pods and nodes between them are ends of their own.</summary>
    /// <param name="First">The lowest.</param>
    /// <param name="Last">The highest.</param>
    /// <param name="IsNameless">Not those that DNS gives for a name which some pattern matches.</param>
    public sealed record Addresses(IpAddress First, IpAddress Last, bool IsNameless = false) : DiffEnd(AsText(First, Last) + (IsNameless ? " without names" : ""))
    {
        /// <summary>The same but for those that have names.</summary>
        public Addresses Nameless => new(First, Last, IsNameless: true);
    }

    /// <summary>A node at one of its addresses; null where it was made up.</summary>
    public sealed record Node(string Name, IpAddress? Address) : DiffEnd(Address is { } known ? $"node {Name} ({known})" : $"node {Name}");

    /// <summary>A reserved entity.</summary>
    public sealed record Reserved(Entity Entity) : DiffEnd($"entity {Entity.Name()}");

    /// <summary>Addresses that DNS gives, besides what records say already, for names which exactly these patterns match.</summary>
    /// <param name="Patterns">The patterns of both sides.</param>
    /// <param name="Within">Where the addresses lie; empty: anywhere outside the cluster.</param>
    public sealed record Names(ImmutableArray<NamePattern> Patterns, ImmutableArray<Addresses> Within)
        : DiffEnd($"names {string.Join(" + ", Patterns)}{(Within.IsEmpty ? "" : $" in {string.Join(", ", Within.Select(w => w.Text))}")}")
    {
        public bool Equals(Names? other) => other is not null && Text == other.Text;

        public override int GetHashCode() => Text.GetHashCode(StringComparison.Ordinal);
    }

    /// <summary>A block where the range is one, an address where it is one.</summary>
    private static string AsText(IpAddress first, IpAddress last)
    {
        if (first == last)
        {
            return first.ToString();
        }

        for (var length = 0; length < first.Bits; length++)
        {
            var prefix = new IpPrefix(first, length);
            if (prefix.Address == first && prefix.Last == last)
            {
                return prefix.ToString();
            }
        }

        return $"{first}-{last}";
    }
}
