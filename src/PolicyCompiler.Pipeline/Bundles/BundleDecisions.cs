using System.Collections.Immutable;
using System.Text.Json;
using PolicyCompiler.Core.Diagnostics;
using PolicyCompiler.Core.Graph;
using PolicyCompiler.Core.Model;
using PolicyCompiler.Core.Tables;
using PolicyCompiler.Pipeline.Proxies;

namespace PolicyCompiler.Pipeline.Bundles;

/// <summary>The decisions of a bundle, with policies and rules that are a name and a place.</summary>
internal sealed class BundleDecisions
{
    private readonly List<JsonElement> _decisions;
    private readonly Dictionary<string, SourceText> _files = new(StringComparer.Ordinal);
    private readonly List<PolicyNode> _policies = [];
    private readonly Dictionary<(string Kind, string Namespace, string Name, string File, int Line), int> _isolating = [];
    private readonly Dictionary<(string Kind, string Namespace, string Name), int> _byName = [];

    public BundleDecisions(EnforcementBundle bundle)
    {
        _decisions = [.. bundle.Decisions.GetProperty("decisions").EnumerateArray()];
        Isolating = [.. _decisions.Where(d => KindOf(d) == DecisionKind.DefaultDeny).Select(d => d.GetProperty("isolatedBy").EnumerateArray().Select(Isolated).ToImmutableArray())];
        var rules = _decisions.Where(d => KindOf(d) == DecisionKind.Rule).Select(ReadRule).ToLookup(r => r.PolicyIndex);
        Policies = [.. _policies.Select(p => p with { Rules = [.. rules[p.Index]] })];
        Redirects = [.. _decisions.Where(d => KindOf(d) == DecisionKind.Proxy).Select(d => Redirect(d, bundle.Directory))];
    }

    public ImmutableArray<PolicyNode> Policies { get; }

    /// <summary>Of each direction policy that isolates, in order: the policies that do.</summary>
    public ImmutableArray<ImmutableArray<int>> Isolating { get; }

    public ImmutableArray<RedirectDecision> Redirects { get; }

    /// <param name="directionPolicies">All of them: those that isolate have the default denies, in order.</param>
    public ImmutableArray<DecisionInfo> Of(ImmutableArray<DirectionPolicy> directionPolicies)
    {
        var isolated = new Queue<int>(directionPolicies.Where(p => !p.Isolating.IsEmpty).Select(p => p.Index));
        return [.. _decisions.Select(d => ReadDecision(d, KindOf(d) == DecisionKind.DefaultDeny ? isolated.Dequeue() : -1))];
    }

    private static DecisionKind KindOf(JsonElement decision) => Enum.Parse<DecisionKind>(decision.GetProperty("kind").GetString()!);

    private DecisionInfo ReadDecision(JsonElement decision, int directionPolicy)
    {
        var (id, kind) = (decision.GetProperty("id").GetInt32(), KindOf(decision));
        var word = decision.GetProperty("action").GetString();
        return new DecisionInfo(
            id, kind, DirectionOf(decision), Enum.GetValues<VerdictAction>().First(a => a.Word() == word),
            decision.TryGetProperty("dropReason", out var reason) ? (DropReason)reason.GetInt32() : DropReason.None,
            kind == DecisionKind.Rule ? IdOf(id) : null, directionPolicy)
        {
            Proxy = kind == DecisionKind.Proxy ? Redirects.First(r => r.Decision == id) : null,
        };
    }

    private Rule ReadRule(JsonElement decision) => new()
    {
        Id = IdOf(decision.GetProperty("id").GetInt32()),
        PolicyIndex = PolicyOf(decision),
        Direction = DirectionOf(decision),
        Place = decision.GetProperty("rule").GetString()!,
        Action = decision.GetProperty("action").GetString() == VerdictAction.Drop.Word() ? RuleAction.Deny : RuleAction.Allow,
        Peers = [],
        Ports = [],
        Span = SpanOf(decision),
    };

    private RedirectDecision Redirect(JsonElement decision, string directory)
    {
        var id = decision.GetProperty("id").GetInt32();
        var path = Path.Combine(directory, BundleLayout.Proxies, string.Create(System.Globalization.CultureInfo.InvariantCulture, $"{id}.json"));
        using var document = JsonDocument.Parse(File.ReadAllBytes(path));
        var members = decision.GetProperty("proxied").EnumerateArray().Select(Key).ToHashSet();
        var rules = _decisions.Where(d => KindOf(d) == DecisionKind.Rule && members.Contains(Key(d))).Select(d => IdOf(d.GetProperty("id").GetInt32()));
        return new RedirectDecision(id, [.. rules], decision.GetProperty("proxyAllowsEverything").GetBoolean(), ProxyDocumentReader.Read(document.RootElement));

        static string Key(JsonElement rule) =>
            string.Join('\n', new[] { "policyKind", "policyNamespace", "policy", "rule", "file", "line" }.Select(n => rule.GetProperty(n).ToString()));
    }

    private static RuleId IdOf(int decision) => new(decision - DecisionInfo.FirstPolicyDecision);

    private static Direction DirectionOf(JsonElement decision) =>
        decision.GetProperty("direction").GetString() == Direction.Ingress.Word() ? Direction.Ingress : Direction.Egress;

    /// <summary>An object with several specs isolates from several places.</summary>
    private int Isolated(JsonElement policy)
    {
        var (kind, ns, name) = NameOf(policy);
        var span = SpanOf(policy);
        var key = (kind, ns, name, span.Source?.Path ?? "", span.Line);
        if (!_isolating.TryGetValue(key, out var index))
        {
            _isolating.Add(key, index = Add(policy, span));
        }

        return index;
    }

    private int PolicyOf(JsonElement rule)
    {
        var key = NameOf(rule);
        if (!_byName.TryGetValue(key, out var index))
        {
            _byName.Add(key, index = Add(rule, SourceSpan.None));
        }

        return index;
    }

    private int Add(JsonElement policy, SourceSpan span)
    {
        var (kind, ns, name) = NameOf(policy);
        _policies.Add(new PolicyNode
        {
            Index = _policies.Count,
            Kind = kind,
            Namespace = ns,
            Name = name,
            Tier = Tier.Normal,
            Subject = new PolicySubject.Unstated("in a bundle", span),
            Rules = [],
            Span = span,
        });
        return _policies.Count - 1;
    }

    private static (string Kind, string Namespace, string Name) NameOf(JsonElement policy) =>
        (policy.GetProperty("policyKind").GetString()!, policy.GetProperty("policyNamespace").GetString()!, policy.GetProperty("policy").GetString()!);

    private SourceSpan SpanOf(JsonElement item)
    {
        if (item.GetProperty("file").GetString() is not { } file)
        {
            return SourceSpan.None;
        }

        if (!_files.TryGetValue(file, out var source))
        {
            _files.Add(file, source = new SourceText(file, file, ""));
        }

        return new SourceSpan(source, item.GetProperty("line").GetInt32(), 0, 0);
    }
}
