using System.Collections.Immutable;
using System.Text.Json;
using PolicyCompiler.Core.Bpf;
using PolicyCompiler.Core.Model;
using PolicyCompiler.Core.Tables;
using PolicyCompiler.Kernel;
using PolicyCompiler.Pipeline.Bundles;

namespace PolicyCompiler.EndToEnd.Tests;

/// <summary>Loads a bundle as an agent does: from what is written in its files, and nothing else.</summary>
internal sealed class LoadedBundle : IDisposable
{
    private readonly EnforcementBundle _bundle;
    private readonly List<IDisposable> _loaded = [];

    public LoadedBundle(string directory, LoadedBundle? previous = null)
    {
        var bundle = BundleReader.Read(directory);
        Assert.True(bundle.Succeeded, string.Join('\n', bundle.Diagnostics));
        _bundle = bundle.Value!;
        Maps = new DatapathMaps(_bundle.Maps, previous?.Maps);
    }

    public DatapathMaps Maps { get; }

    /// <summary>Loads the programs of a pod; its number is its place in the bundle.</summary>
    public LoadedEndpoint Load(string name, uint revision)
    {
        var endpoints = _bundle.Endpoints.GetProperty("endpoints").EnumerateArray().ToList();
        var index = endpoints.FindIndex(e => e.GetProperty("name").ValueEquals(name));
        var policy = _bundle.Endpoints.GetProperty("policies").EnumerateArray().ElementAt(endpoints[index].GetProperty("policy").GetInt32());
        var addresses = Addresses(endpoints[index], "addresses");
        var nodeAddresses = Addresses(endpoints[index], "nodeAddresses");
        var configuration = new EndpointConfiguration
        {
            EndpointId = (uint)index + 1,
            Revision = revision,
            IPv4 = Of(addresses, AddressFamily.IPv4),
            IPv6 = Of(addresses, AddressFamily.IPv6),
            NodeIPv4 = Of(nodeAddresses, AddressFamily.IPv4),
            NodeIPv6 = Of(nodeAddresses, AddressFamily.IPv6),
            Ingress = Roots(policy.GetProperty("ingress")),
            Egress = Roots(policy.GetProperty("egress")),
        };
        var elf = _bundle.Objects.Single(o => BundleLayout.ObjectFile(o.Name) == policy.GetProperty("object").GetString()).Elf;
        var loaded = LoadedEndpoint.Load(name, elf, Maps, configuration);
        _loaded.Add(loaded);
        return loaded;
    }

    /// <summary>The entry of decisions.json that a verdict names.</summary>
    public JsonElement Decision(VerdictWord verdict) =>
        _bundle.Decisions.GetProperty("decisions").EnumerateArray().Single(d => d.GetProperty("id").GetInt32() == verdict.Decision);

    public void Dispose()
    {
        foreach (var item in _loaded)
        {
            item.Dispose();
        }

        Maps.Dispose();
    }

    private static ImmutableArray<IpAddress> Addresses(JsonElement endpoint, string property) =>
        endpoint.TryGetProperty(property, out var list) ? [.. list.EnumerateArray().Select(a => IpAddress.Parse(a.GetString()!))] : [];

    private static IpAddress? Of(ImmutableArray<IpAddress> addresses, AddressFamily family) =>
        addresses.Where(a => a.Family == family).Select(a => (IpAddress?)a).FirstOrDefault();

    private static (uint IdentityRoot, uint PortRoot) Roots(JsonElement direction) =>
        (direction.GetProperty("identityRoot").GetUInt32(), direction.GetProperty("portRoot").GetUInt32());
}
