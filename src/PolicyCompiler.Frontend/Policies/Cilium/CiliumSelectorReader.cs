using System.Collections.Immutable;
using PolicyCompiler.Core.Model;
using PolicyCompiler.Core.Model.Cilium;
using PolicyCompiler.Frontend.Objects;
using PolicyCompiler.Frontend.Yaml;

namespace PolicyCompiler.Frontend.Policies.Cilium;

/// <summary>Label selectors whose keys may name the source of the label.</summary>
internal sealed class CiliumSelectorReader(FieldReader fields, LabelReader labels)
{
    public CiliumSelector ReadEndpoints(YamlMapping selector)
    {
        var written = labels.ReadSelector(selector, LabelSources.Problem);
        return new CiliumSelector(
            [
                .. written.Requirements.Select(r =>
                {
                    var (source, key) = LabelSources.Split(r.Key);
                    return new CiliumRequirement(source, r with { Key = key });
                }),
            ],
            selector.Span);
    }

    /// <summary>Over the labels of nodes or services: a source says nothing there and is dropped.</summary>
    public LabelSelector ReadNodes(YamlMapping selector)
    {
        var written = labels.ReadSelector(selector, LabelSources.KubernetesProblem);
        return written with { Requirements = [.. written.Requirements.Select(r => r with { Key = LabelSources.Split(r.Key).Key })] };
    }

    public ImmutableArray<CiliumSelector> ReadEndpointList(YamlMapping item, string name) =>
        [.. fields.Mappings(item, name).Select(ReadEndpoints)];

    public ImmutableArray<LabelSelector> ReadNodeList(YamlMapping item, string name) =>
        [.. fields.Mappings(item, name).Select(ReadNodes)];
}
