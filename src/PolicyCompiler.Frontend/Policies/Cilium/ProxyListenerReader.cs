using PolicyCompiler.Core.Model.L7;
using PolicyCompiler.Frontend.Diagnostics;
using PolicyCompiler.Frontend.Objects;
using PolicyCompiler.Frontend.Yaml;

namespace PolicyCompiler.Frontend.Policies.Cilium;

/// <summary><c>listener</c> of an item of toPorts.</summary>
internal sealed class ProxyListenerReader(FieldReader fields)
{
    public const int MaxPriority = 100;
    public const string NamespacedKind = "CiliumEnvoyConfig";
    public const string ClusterwideKind = "CiliumClusterwideEnvoyConfig";

    /// <summary>Null when there is none, or no valid one, which has been reported.</summary>
    public ProxyListener? Read(YamlMapping item, RulePlace place)
    {
        if (fields.Mapping(item, "listener") is not { } listener)
        {
            return null;
        }

        fields.CheckFields(listener, "a listener", CiliumFields.Listener);
        if (!place.IsEgress)
        {
            fields.Findings.ReportField(CiliumProxyDiagnostics.ListenerOnIngress, listener);
        }

        var priority = ReadPriority(listener);
        var name = Required(listener, "name");
        if (fields.Mapping(listener, "envoyConfig") is not { } configuration)
        {
            fields.Findings.ReportField(CiliumProxyDiagnostics.ListenerIncomplete, listener, "envoyConfig");
            return null;
        }

        fields.CheckFields(configuration, "an envoyConfig", CiliumFields.EnvoyConfig);
        var kind = ReadKind(configuration, place);
        var configurationName = Required(configuration, "name");
        return name is null || configurationName is null || kind is null
            ? null
            : new ProxyListener(kind, configurationName, name, priority, listener.Span);
    }

    /// <summary>The default is of the policy's own scope; a cluster-wide policy has no namespace to find the other kind in.</summary>
    private string? ReadKind(YamlMapping configuration, RulePlace place)
    {
        if (fields.Text(configuration, "kind") is not { Text.Length: > 0 } kind)
        {
            return place.IsClusterwide ? ClusterwideKind : NamespacedKind;
        }

        if (kind.Text == ClusterwideKind || (kind.Text == NamespacedKind && !place.IsClusterwide))
        {
            return kind.Text;
        }

        fields.Findings.ReportField(
            CiliumProxyDiagnostics.UnknownListenerKind,
            kind,
            Quote.Shorten(kind.Text),
            place.IsClusterwide ? $"{ClusterwideKind}, for the policy is cluster-wide" : $"{NamespacedKind} or {ClusterwideKind}");
        return null;
    }

    private string? Required(YamlMapping mapping, string name)
    {
        if (fields.Text(mapping, name) is { Text.Length: > 0 } text)
        {
            return text.Text;
        }

        fields.Findings.ReportField(CiliumProxyDiagnostics.ListenerIncomplete, mapping, name);
        return null;
    }

    private int? ReadPriority(YamlMapping listener)
    {
        if (FieldReader.Find(listener, "priority") is not { } node || !fields.IsInteger(node, out var priority))
        {
            return null;
        }

        if (priority is >= 1 and <= MaxPriority)
        {
            return (int)priority;
        }

        fields.Findings.ReportField(CiliumProxyDiagnostics.ListenerPriority, node, ((YamlScalar)node).Text);
        return null;
    }
}
