using PolicyCompiler.Assertions.Generated;
using PolicyCompiler.Assertions.Syntax;
using PolicyCompiler.Core.Assertions;
using PolicyCompiler.Core.Diagnostics;
using PolicyCompiler.Core.Model;
using PolicyCompiler.Core.Names;
using PolicyCompiler.Core.Proxy;

namespace PolicyCompiler.Assertions.Building;

/// <summary>The tree of an assertion -> the assertion.</summary>
internal sealed class AssertionBuilder(TokenText text, SetBuilder sets, List<Diagnostic> findings)
{
    private readonly PortBuilder _ports = new(text, findings);

    public Assertion Build(FlowParser.AssertionContext assertion)
    {
        var (kind, source, anySource, destination, conditions) = assertion switch
        {
            FlowParser.ReachContext reach => (
                reach.verdict.Text == "allow" ? AssertionKind.Allow : AssertionKind.Deny,
                sets.Build(reach.source.set()), IsAny(reach.source), reach.destination, reach.conditions()),
            FlowParser.ExclusiveContext only => (AssertionKind.Only, sets.Build(only.set()), false, only.destination, only.conditions()),
            _ => throw new InvalidOperationException($"assertion {assertion.GetText()}"),
        };
        return new Assertion
        {
            Kind = kind,
            Source = source,
            AnySource = anySource,
            Destination = sets.Build(destination.set()),
            AnyDestination = IsAny(destination),
            Ports = conditions.ports() is { } ports ? _ports.Build(ports) : [],
            Family = conditions.family?.Text switch
            {
                "IPv4" => AddressFamily.IPv4,
                "IPv6" => AddressFamily.IPv6,
                _ => null,
            },
            Request = conditions.request() is { } request ? RequestOf(request) : null,
            Because = conditions.reason() is { } reason ? ReasonOf(reason) : null,
            Span = text.SpanOf(assertion),
            Text = TokenText.OneLine(assertion),
        };
    }

    private static bool IsAny(FlowParser.QuantifiedContext end) => end.quantifier?.Text == "any";

    private ProxyRequest? RequestOf(FlowParser.RequestContext request)
    {
        switch (request)
        {
            case FlowParser.QueryContext query:
                return new ProxyRequest.Dns(DnsName.Normalise(TokenText.Unquoted(query.STRING().Symbol)));
            case FlowParser.ServerNameContext name:
                return new ProxyRequest.ServerName(DnsName.Normalise(TokenText.Unquoted(name.STRING().Symbol)));
        }

        var http = ((FlowParser.HttpContext)request).STRING();
        var asked = TokenText.Unquoted(http[0].Symbol);
        if (HttpRequest.TryParse(asked, [.. http.Skip(1).Select(h => TokenText.Unquoted(h.Symbol))]) is { } parsed)
        {
            return new ProxyRequest.Http(parsed);
        }

        findings.Add(FlowDiagnostics.BadValue.At(
            text.SpanOf(request), asked, "HTTP request", "\"GET /path\" or \"GET https://host/path\", and headers as \"Name: value\""));
        return null;
    }

    private ExpectedReason? ReasonOf(FlowParser.ReasonContext reason)
    {
        string[] words = [.. reason.word().Select(w => w.GetText())];
        var span = text.SpanOf(reason);
        if (words is [var single] && ReasonWords.TryParse(single, out var known))
        {
            return new ExpectedReason.Without(known, span);
        }

        var kind = words.Length > 1 && char.IsAsciiLetterUpper(words[0][0]) ? words[0] : null;
        var rest = words.AsSpan(kind is null ? 0 : 1);
        var place = rest.Length > 1 && rest[^1].Contains('[', StringComparison.Ordinal) ? rest[^1] : null;
        if (rest.Length != (place is null ? 1 : 2))
        {
            findings.Add(FlowDiagnostics.BadValue.At(
                span, string.Join(' ', words), "reason", $"a policy as NAMESPACE/NAME, with its kind before and a rule such as ingress[0] behind it at will, or {string.Join(", ", ReasonWords.All)}"));
            return null;
        }

        return new ExpectedReason.Policy(kind, rest[0], place, span);
    }
}
