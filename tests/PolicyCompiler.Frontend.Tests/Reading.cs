using PolicyCompiler.Core.Diagnostics;
using PolicyCompiler.Core.Model;

namespace PolicyCompiler.Frontend.Tests;

/// <summary>Short ways to read texts.</summary>
internal static class Reading
{
    public static Stage<CompilerInput> Read(params string[] texts) =>
        InputReader.Read([.. texts.Select((text, i) => new SourceText($"{i}.yaml", $"{i}.yaml", text))]);

    /// <summary>Fails the test unless the texts have no finding at all.</summary>
    public static CompilerInput ReadClean(params string[] texts)
    {
        var stage = Read(texts);
        Assert.Empty(stage.Diagnostics.Select(d => d.ToString()));
        return stage.Value!;
    }

    public static NetworkPolicy ReadPolicy(string text) => Assert.IsType<NetworkPolicy>(Assert.Single(ReadClean(text).Policies.Policies));

    public static Endpoint ReadEndpoint(params string[] texts) => Assert.Single(ReadClean(texts).Cluster.Endpoints);

    /// <summary>A policy whose spec has the given lines, indented by two.</summary>
    public static string Policy(string spec) =>
        "apiVersion: networking.k8s.io/v1\nkind: NetworkPolicy\nmetadata:\n  name: p\nspec:\n" + spec + "\n";

    /// <summary>An AdminNetworkPolicy for every pod whose spec goes on with the given lines, indented by two.</summary>
    public static string Anp(string spec) => SigPolicy("AdminNetworkPolicy", "v1alpha1", "p", "  priority: 1\n" + spec);

    public static string Banp(string spec) => SigPolicy("BaselineAdminNetworkPolicy", "v1alpha1", "default", spec);

    public static string Cnp(string spec) => SigPolicy("ClusterNetworkPolicy", "v1alpha2", "p", "  tier: Admin\n  priority: 1\n" + spec);

    public static string Pod(string name, string rest = "") => $"apiVersion: v1\nkind: Pod\nmetadata:\n  name: {name}\n{rest}\n";

    private static string SigPolicy(string kind, string version, string name, string spec) =>
        $"apiVersion: policy.networking.k8s.io/{version}\nkind: {kind}\nmetadata:\n  name: {name}\nspec:\n  subject: {{namespaces: {{}}}}\n{spec}\n";
}
