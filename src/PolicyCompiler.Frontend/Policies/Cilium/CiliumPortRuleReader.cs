using System.Collections.Immutable;
using PolicyCompiler.Core.Model;
using PolicyCompiler.Core.Model.Cilium;
using PolicyCompiler.Core.Model.L7;
using PolicyCompiler.Frontend.Diagnostics;
using PolicyCompiler.Frontend.Objects;
using PolicyCompiler.Frontend.Yaml;

namespace PolicyCompiler.Frontend.Policies.Cilium;

/// <summary>Items of <c>toPorts</c>.</summary>
internal sealed class CiliumPortRuleReader(FieldReader fields)
{
    public const int MaxPorts = 40;
    private const ushort AllPorts = 0;

    private readonly CiliumPortReader _ports = new(fields);
    private readonly L7RulesReader _rules = new(fields);
    private readonly ServerNameReader _serverNames = new(fields);
    private readonly ProxyListenerReader _listeners = new(fields);
    private readonly TlsContextReader _tls = new(fields);

    public CiliumPortRule Read(YamlMapping item, RulePlace place)
    {
        fields.CheckFields(item, "an item of toPorts", CiliumFields.PortRule);
        var nodes = fields.Mappings(item, "ports").ToList();
        if (nodes.Count > MaxPorts)
        {
            fields.Findings.ReportField(CiliumPortDiagnostics.TooManyPorts, item.Find("ports")!, nodes.Count, MaxPorts);
        }

        var proxy = place.IsDeny ? RefuseProxy(item) : ReadProxy(item, place);
        var ports = ImmutableArray.CreateBuilder<CiliumPort>(nodes.Count);
        foreach (var node in nodes)
        {
            if (_ports.Read(node) is { } port)
            {
                ports.Add(port);
                CheckPort(node, port, proxy?.Rules);
            }
        }

        CheckAllPorts(item, nodes.Count, proxy?.Rules);
        return new CiliumPortRule(ports.DrainToImmutable(), proxy, item.Span);
    }

    private ProxyRule? RefuseProxy(YamlMapping item)
    {
        foreach (var name in CiliumFields.PortRule.Except(CiliumFields.DenyPortRule))
        {
            if (FieldReader.Find(item, name) is { } node)
            {
                fields.Findings.ReportField(CiliumDiagnostics.NotInDenyRule, node, name);
            }
        }

        return null;
    }

    private ProxyRule? ReadProxy(YamlMapping item, RulePlace place)
    {
        var proxy = new ProxyRule(
            _rules.Read(item, place),
            _serverNames.Read(item),
            _listeners.Read(item, place),
            _tls.Read(item, "terminatingTLS"),
            _tls.Read(item, "originatingTLS"));
        if (!proxy.ServerNames.IsEmpty && proxy.Rules is not null && FieldReader.Find(item, "terminatingTLS") is null)
        {
            fields.Findings.ReportField(CiliumProxyDiagnostics.ServerNamesWithRules, item.Find("serverNames")!);
        }

        if (proxy.Rules is not null && FieldReader.Find(item, "listener") is { } listener)
        {
            fields.Findings.ReportField(CiliumProxyDiagnostics.ListenerWithRules, listener);
        }

        var isEmpty = proxy is { Rules: null, ServerNames.IsEmpty: true, Listener: null, TerminatingTls: null, OriginatingTls: null };
        return isEmpty ? null : proxy;
    }

    /// <summary>An empty list of DNS rules is not yet DNS to the agent, which then asks for TCP as it does for others.</summary>
    private void CheckPort(YamlMapping node, CiliumPort port, L7Rules? rules)
    {
        if (rules is null)
        {
            return;
        }

        if (port.Number == AllPorts)
        {
            fields.Findings.ReportField(CiliumProxyDiagnostics.AllPortsWithRules, node.Find("port")!);
        }

        if (rules is L7Rules.Dns { Names.IsEmpty: false })
        {
            if (port.EndPort is not null)
            {
                fields.Findings.ReportField(CiliumProxyDiagnostics.DnsWithRange, node.Find("endPort")!);
            }
        }
        else if (port.Protocol != IpProtocol.Tcp)
        {
            fields.Findings.ReportField(
                CiliumProxyDiagnostics.RulesNeedTcp, node.Find("protocol") ?? node, port.Protocol?.Name() ?? "any protocol");
        }
    }

    private void CheckAllPorts(YamlMapping item, int count, L7Rules? rules)
    {
        if (count > 0 || FieldReader.Find(item, "ports") is not (null or YamlSequence))
        {
            return;
        }

        if (rules is not null)
        {
            fields.Findings.ReportField(CiliumProxyDiagnostics.AllPortsWithRules, item.Find("rules")!);
        }
        else
        {
            fields.Findings.ReportField(CiliumPortDiagnostics.PortsMissing, item);
        }
    }
}
