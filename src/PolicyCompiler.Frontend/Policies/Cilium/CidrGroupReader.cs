using System.Collections.Immutable;
using PolicyCompiler.Core.Model;
using PolicyCompiler.Frontend.Objects;
using PolicyCompiler.Frontend.Yaml;

namespace PolicyCompiler.Frontend.Policies.Cilium;

/// <summary>cilium.io CiliumCIDRGroup. As policies depend on its blocks, it is read as strictly as they are.</summary>
internal sealed class CidrGroupReader(FieldReader fields, MetadataReader metadata)
{
    public const string Kind = "CiliumCIDRGroup";

    public static readonly string[] ApiVersions = ["cilium.io/v2", "cilium.io/v2alpha1"];

    private readonly CidrReader _cidrs = new(fields);

    /// <summary>Null when the group has no name, which has been reported.</summary>
    public CidrGroup? Read(YamlMapping item)
    {
        fields.CheckFields(item, $"a {Kind}", CiliumFields.CidrGroup);
        var meta = metadata.ReadPolicy(item, Kind);
        ClusterScope.Check(fields, item, Kind);
        var blocks = ImmutableArray.CreateBuilder<IpPrefix>();
        if (fields.Mapping(item, "spec") is { } spec)
        {
            fields.CheckFields(spec, "the spec", CiliumFields.CidrGroupSpec);
            foreach (var node in fields.Items(spec, "externalCIDRs"))
            {
                if (_cidrs.ReadPrefixOrAddress(node) is { } block)
                {
                    blocks.Add(block);
                }
            }
        }

        return meta is null ? null : new CidrGroup(meta.Name, meta.Labels, blocks.DrainToImmutable(), meta.Span);
    }
}
