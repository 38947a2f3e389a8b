using PolicyCompiler.Assertions.Generated;
using PolicyCompiler.Assertions.Syntax;
using PolicyCompiler.Core.Assertions;
using PolicyCompiler.Core.Diagnostics;
using PolicyCompiler.Core.Model;
using PolicyCompiler.Core.Names;

namespace PolicyCompiler.Assertions.Building;

/// <summary>The trees of sets -> sets, with variables replaced by what they stand for.</summary>
internal sealed class SetBuilder(TokenText text, Variables variables, List<Diagnostic> findings)
{
    private readonly LabelBuilder _labels = new(text, findings);

    public FlowSet Build(FlowParser.SetContext set) => set.sum() is [var only]
        ? Build(only)
        : new FlowSet.Except(Build(set.sum(0)), Build(set.sum(1)), text.SpanOf(set));

    private FlowSet Build(FlowParser.SumContext sum) => sum.term() is [var only]
        ? Build(only)
        : new FlowSet.Union([.. sum.term().Select(Build)], text.SpanOf(sum));

    private FlowSet Build(FlowParser.TermContext term) => Build(term.primary()) is var set && term.Start.Text == "optional" && term.ChildCount > 1
        ? new FlowSet.Optional(set, text.SpanOf(term)) : set;

    private FlowSet Build(FlowParser.PrimaryContext primary)
    {
        var span = text.SpanOf(primary);
        return primary switch
        {
            FlowParser.PodsContext pods => new FlowSet.Pods(
                (pods.scope() as FlowParser.OneNamespaceContext)?.word().GetText(),
                pods.scope() is FlowParser.SelectedNamespacesContext selected ? _labels.Build(selected.labels()) : null,
                pods.labels() is { } labels ? _labels.Build(labels) : LabelSelector.Everything,
                span),
            FlowParser.WorkloadContext workload => Referenced(workload.word(), (ns, name) => new FlowSet.Workload(ns, name, span)),
            FlowParser.PodContext pod => Referenced(pod.word(), (ns, name) => new FlowSet.Pod(ns, name, span)),
            FlowParser.ServiceContext service => Referenced(service.word(), (ns, name) => new FlowSet.Service(ns, name, span)),
            FlowParser.NodeContext node => new FlowSet.Node(node.word().GetText(), span),
            FlowParser.NodesContext nodes => new FlowSet.Nodes(nodes.labels() is { } labels ? _labels.Build(labels) : LabelSelector.Everything, span),
            FlowParser.CidrContext cidr => Block(cidr.word().GetText(), span) ?? Bad(cidr.word(), "address block", "ADDRESS/LENGTH with no bits behind the length, such as 10.0.0.0/8 or 2001:db8::/32"),
            FlowParser.AddressContext address => Address(address.word().GetText(), span) ?? Bad(address.word(), "address", "one such as 10.0.0.1 or 2001:db8::1"),
            FlowParser.DnsNameContext name => DnsName.Normalise(name.word().GetText()) is var normal && DnsName.IsName(normal)
                ? new FlowSet.DnsName(normal, span) : Bad(name.word(), "DNS name", "a whole name such as api.example.com"),
            FlowParser.AnythingContext => new FlowSet.Anything(span),
            FlowParser.NothingContext => new FlowSet.Nothing(span),
            FlowParser.GroupContext group => Build(group.set()),
            _ => Named(primary.GetText(), span),
        };
    }

    /// <summary>A variable, an entity, or an address without the word before it.</summary>
    private FlowSet Named(string name, SourceSpan span)
    {
        if (variables.Use(name) is { } set)
        {
            return set with { Span = span };
        }

        if (Entities.TryParse(name, out var entity))
        {
            return entity == Entity.None ? new FlowSet.Nothing(span) : new FlowSet.Reserved(entity, span);
        }

        if (Block(name, span) is { } block)
        {
            return block;
        }

        if (Address(name, span) is { } address)
        {
            return address;
        }

        var hint = name.Contains('/', StringComparison.Ordinal)
            ? "; write pod, workload or service before it, or cidr before an address block"
            : Suggestion.Clause(name, [.. variables.Names.Concat(Entities.AllNames)]);
        findings.Add(FlowDiagnostics.UnknownName.At(span, name, hint));
        return new FlowSet.Nothing(span);
    }

    private static FlowSet? Block(string name, SourceSpan span) =>
        IpPrefix.TryParse(name, out var prefix, out var hasHostBits) && !hasHostBits ? new FlowSet.Cidr(prefix, span) : null;

    private static FlowSet? Address(string name, SourceSpan span) =>
        IpAddress.TryParse(name, out var address) ? new FlowSet.Address(address, span) : null;

    private FlowSet Referenced(FlowParser.WordContext word, Func<string, string, FlowSet> create) =>
        word.GetText().Split('/') is [{ Length: > 0 } ns, { Length: > 0 } name] ? create(ns, name)
            : Bad(word, "reference", "NAMESPACE/NAME");

    private FlowSet Bad(FlowParser.WordContext word, string what, string instead)
    {
        findings.Add(FlowDiagnostics.BadValue.At(text.SpanOf(word), word.GetText(), what, instead));
        return new FlowSet.Nothing(text.SpanOf(word));
    }
}
