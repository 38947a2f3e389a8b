using static PolicyCompiler.Frontend.Tests.Reading;

namespace PolicyCompiler.Frontend.Tests;

/// <summary>Identity numbers of a running cluster.</summary>
public sealed class IdentityNumberTests
{
    private const string LabelledPod = "apiVersion: v1\nkind: Pod\nmetadata: {name: web, namespace: shop, labels: {app: web, pod-template-hash: abc}}\nspec: {}";

    [Fact]
    public void Identity_with_the_labels_of_the_pod_gives_its_number() =>
        Assert.Equal(4711u, ReadEndpoint(LabelledPod, Identity("4711", "\"k8s:app\": web")).IdentityNumber);

    [Fact]
    public void Labels_that_differ_from_pod_to_pod_may_be_in_an_identity() =>
        Assert.Equal(4711u, ReadEndpoint(LabelledPod, Identity("4711", "\"k8s:app\": web, \"k8s:pod-template-hash\": abc")).IdentityNumber);

    [Theory]
    [InlineData("\"k8s:app\": db")]
    [InlineData("\"k8s:app\": web, \"k8s:tier\": front")]
    [InlineData("\"container:app\": web")]
    [InlineData("\"k8s:tier\": front")]
    public void Identity_with_other_labels_gives_none(string labels) =>
        Assert.Null(ReadEndpoint(LabelledPod, Identity("4711", labels)).IdentityNumber);

    [Fact]
    public void Two_identities_with_the_labels_give_none() =>
        Assert.Null(ReadEndpoint(LabelledPod, Identity("4711", "\"k8s:app\": web"), Identity("4712", "\"k8s:app\": web")).IdentityNumber);

    [Fact]
    public void Endpoint_of_the_pod_decides() =>
        Assert.Equal(300u, ReadEndpoint(LabelledPod, Identity("4711", "\"k8s:app\": web"), CiliumEndpoint("shop", "300")).IdentityNumber);

    [Fact]
    public void Endpoint_of_another_namespace_or_without_identity_says_nothing()
    {
        Assert.Null(ReadEndpoint(LabelledPod, CiliumEndpoint("other", "300")).IdentityNumber);
        Assert.Null(ReadEndpoint(LabelledPod, "apiVersion: cilium.io/v2\nkind: CiliumEndpoint\nmetadata: {name: web, namespace: shop}").IdentityNumber);
    }

    [Fact]
    public void Host_network_pod_has_the_number_of_its_node() => Assert.Null(
        ReadEndpoint(LabelledPod.Replace("spec: {}", "spec: {hostNetwork: true}", StringComparison.Ordinal), CiliumEndpoint("shop", "300")).IdentityNumber);

    private static string CiliumEndpoint(string ns, string number) =>
        $"apiVersion: cilium.io/v2\nkind: CiliumEndpoint\nmetadata: {{name: web, namespace: {ns}}}\nstatus: {{identity: {{id: {number}}}}}";

    private static string Identity(string number, string labels) =>
        $"apiVersion: cilium.io/v2\nkind: CiliumIdentity\nmetadata: {{name: \"{number}\"}}\nsecurity-labels: {{{labels}, "
        + "\"k8s:io.kubernetes.pod.namespace\": shop, \"k8s:io.cilium.k8s.namespace.labels.kubernetes.io/metadata.name\": shop, "
        + "\"k8s:io.cilium.k8s.policy.cluster\": default, \"k8s:io.cilium.k8s.policy.serviceaccount\": default}";
}
