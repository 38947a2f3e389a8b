using System.Collections.Immutable;
using System.Text.Json;
using PolicyCompiler.Core.Bpf;
using PolicyCompiler.Core.Diagnostics;
using PolicyCompiler.Pipeline.Bundles;

namespace PolicyCompiler.Pipeline.Verification;

/// <summary>What to show to kernels, out of a compile or a bundle.</summary>
public static class VerificationInputs
{
    /// <param name="name">What results call it.</param>
    /// <param name="compilation">Compiled to objects at least.</param>
    public static VerificationInput Of(string name, Compilation compilation)
    {
        var tables = compilation.Tables!;
        var endpoints = tables.Graph.Cluster.Endpoints;
        var served = tables.EndpointPolicies.SelectMany(p => p.Endpoints.Select(e =>
            (compilation.ObjectOf(p).Name, Workload(endpoints[e].Namespace, endpoints[e].WorkloadName, endpoints[e].Name))));
        return new VerificationInput(name, compilation.Objects, compilation.Maps, Subjects(served));
    }

    /// <summary>Null, with the findings, when an object or the list of endpoints is malformed.</summary>
    public static Stage<VerificationInput> Of(string name, EnforcementBundle bundle)
    {
        var objects = bundle.Objects.Select(o => BpfObjectReader.Read(o.Name, o.Elf)).ToList();
        if (objects.Any(o => o.Value is null))
        {
            return Stage.Of<VerificationInput>(null, objects.SelectMany(o => o.Diagnostics));
        }

        try
        {
            return Stage.Of(new VerificationInput(name, [.. objects.Select(o => o.Value!)], bundle.Maps, Subjects(ServedBy(bundle.Endpoints))));
        }
        catch (Exception e) when (e is KeyNotFoundException or InvalidOperationException or FormatException or ArgumentException)
        {
            return Stage.Of<VerificationInput>(null, [BundleDiagnostics.NotReadable.At(SourceSpan.None, bundle.Directory, $"{BundleLayout.Endpoints}: {e.Message}")]);
        }
    }

    private static IEnumerable<(string Object, string Endpoint)> ServedBy(JsonElement document)
    {
        var objects = document.GetProperty("policies").EnumerateArray()
            .ToDictionary(p => p.GetProperty("index").GetInt32(), p => BundleLayout.ObjectName(p.GetProperty("object").GetString()!));
        return document.GetProperty("endpoints").EnumerateArray().Select(e => (
            objects[e.GetProperty("policy").GetInt32()],
            Workload(e.GetProperty("namespace").GetString()!, e.GetProperty("workload").GetString(), e.GetProperty("name").GetString()!)));
    }

    // The first in order of name. Pods of one workload that have different policies share a name, so later ones add the object's.
    private static ImmutableSortedDictionary<string, string> Subjects(IEnumerable<(string Object, string Endpoint)> served)
    {
        var used = new HashSet<string>(StringComparer.Ordinal);
        return served
            .GroupBy(s => s.Object, s => s.Endpoint)
            .OrderBy(g => g.Key, StringComparer.Ordinal)
            .ToImmutableSortedDictionary(
                g => g.Key,
                g => g.Min(StringComparer.Ordinal) is { } first && used.Add(first) ? first : $"{g.Min(StringComparer.Ordinal)} ({g.Key})",
                StringComparer.Ordinal);
    }

    private static string Workload(string ns, string? workload, string name) => $"{ns}/{(string.IsNullOrEmpty(workload) ? name : workload)}";
}
