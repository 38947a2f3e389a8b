using PolicyCompiler.Core.Model;
using static PolicyCompiler.Frontend.Tests.Reading;

namespace PolicyCompiler.Frontend.Tests;

public sealed class ClusterTests
{
    [Fact]
    public void Whole_pod()
    {
        var pod = ReadEndpoint(
            """
            apiVersion: v1
            kind: Pod
            metadata:
              name: web-1
              namespace: shop
              labels: {app: web}
              ownerReferences:
              - {apiVersion: v1, kind: Node, name: other}
              - {apiVersion: apps/v1, kind: ReplicaSet, name: web, controller: true}
            spec:
              nodeName: n1
              serviceAccountName: robot
              unknownField: is fine here
              initContainers:
              - ports: [{containerPort: 1, name: once}]
              - restartPolicy: Always
                ports: [{containerPort: 2, name: side}]
              containers:
              - ports: [{containerPort: 8080, name: http}, {containerPort: 53, name: dns, protocol: UDP}, {containerPort: 9}]
              - ports: [{containerPort: 8080, name: http}]
            status:
              phase: Running
              podIP: "2001:db8::1"
              podIPs: [{ip: "2001:db8::1"}, {ip: 10.0.0.1}]
            """);
        Assert.Equal(("shop/web-1", "ReplicaSet", "web"), (pod.Reference, pod.WorkloadKind, pod.WorkloadName));
        Assert.Equal(["10.0.0.1", "2001:db8::1"], pod.Addresses.Select(a => a.ToString()));
        Assert.False(pod.HasSyntheticAddresses);
        Assert.False(pod.HostNetwork);
        Assert.Equal(("n1", "robot", "app=web"), (pod.NodeName, pod.ServiceAccount, pod.Labels.ToString()));
        Assert.Equal(
            [new NamedPort("dns", IpProtocol.Udp, 53), new NamedPort("http", IpProtocol.Tcp, 8080), new NamedPort("side", IpProtocol.Tcp, 2)],
            pod.NamedPorts);
        Assert.Equal(4, pod.DeclaredPorts.Length);
    }

    [Theory]
    [InlineData("Succeeded", 0)]
    [InlineData("Failed", 0)]
    [InlineData("Pending", 1)]
    [InlineData("Running", 1)]
    public void Finished_pods_are_left_out(string phase, int endpoints)
    {
        var input = ReadClean(Pod("a", $"status: {{phase: {phase}}}"));
        Assert.Equal(endpoints, input.Cluster.Endpoints.Length);
        Assert.All(input.Cluster.Endpoints, e => Assert.True(e.HasSyntheticAddresses));
    }

    [Fact]
    public void Finished_and_host_network_pods_may_share_an_address()
    {
        var status = "status: {podIP: 10.0.0.1}";
        var input = ReadClean(
            Pod("a", status), Pod("b", "status: {podIP: 10.0.0.1, phase: Failed}"), Pod("c", "spec: {hostNetwork: true}\n" + status));
        Assert.Equal([false, true], input.Cluster.Endpoints.Select(e => e.HostNetwork));
    }

    [Fact]
    public void Synthetic_addresses_follow_namespace_kind_and_name_and_skip_those_in_use()
    {
        var input = ReadClean(
            Workload("Deployment", "b"), Workload("StatefulSet", "a"), Pod("z"), Workload("Deployment", "a", ns: "a-first"),
            Pod("used", "status: {podIPs: [{ip: 198.18.0.2}, {ip: \"2001:2::3\"}]}"));
        Assert.Equal(
            ["a-first/a 198.18.0.1 2001:2::1", "default/a 198.18.0.5 2001:2::5", "default/b 198.18.0.3 2001:2::2",
             "default/used 198.18.0.2 2001:2::3", "default/z 198.18.0.4 2001:2::4"],
            input.Cluster.Endpoints.Select(e => $"{e.Reference} {string.Join(' ', e.Addresses)}"));
        Assert.Equal(4, input.Cluster.Endpoints.Count(e => e.HasSyntheticAddresses));
    }

    [Theory]
    [InlineData("apps/v1", "Deployment")]
    [InlineData("apps/v1", "ReplicaSet")]
    [InlineData("apps/v1", "StatefulSet")]
    [InlineData("apps/v1", "DaemonSet")]
    [InlineData("extensions/v1beta1", "Deployment")]
    [InlineData("v1", "ReplicationController")]
    [InlineData("batch/v1", "Job")]
    [InlineData("batch/v1", "CronJob")]
    public void Workload_stands_for_its_pods(string apiVersion, string kind)
    {
        var template = "template: {metadata: {labels: {app: web}}, spec: {containers: [{ports: [{name: http, containerPort: 80}]}]}}";
        var spec = kind == "CronJob" ? $"jobTemplate: {{spec: {{{template}}}}}" : $"replicas: 0, {template}";
        var endpoint = ReadEndpoint($"apiVersion: {apiVersion}\nkind: {kind}\nmetadata: {{name: web, labels: {{not: these}}}}\nspec: {{{spec}}}");
        Assert.Equal(("web", kind, "web", "app=web"), (endpoint.Name, endpoint.WorkloadKind, endpoint.WorkloadName, endpoint.Labels.ToString()));
        Assert.Equal("http", Assert.Single(endpoint.NamedPorts).Name);
        Assert.True(endpoint.HasSyntheticAddresses);
    }

    [Fact]
    public void Workloads_with_pods_in_the_input_have_no_endpoint()
    {
        var input = ReadClean(
            Workload("Deployment", "direct"), Workload("ReplicaSet", "direct-1", owner: "Deployment/direct"), OwnedPod("p1", "ReplicaSet/direct-1"),
            Workload("Deployment", "hashed"), OwnedPod("p2", "ReplicaSet/hashed-5d4f", "pod-template-hash: 5d4f"),
            Workload("StatefulSet", "db"), OwnedPod("p3", "StatefulSet/db"),
            Workload("Deployment", "alone"), Workload("ReplicaSet", "alone-1", owner: "Deployment/alone"),
            Workload("Deployment", "p1-other-namespace", ns: "x"));
        Assert.Equal(
            ["default/alone", "default/p1", "default/p2", "default/p3", "x/p1-other-namespace"], input.Cluster.Endpoints.Select(e => e.Reference));
    }

    [Theory]
    [InlineData("Deployment")]
    [InlineData("ReplicaSet")]
    [InlineData("StatefulSet")]
    [InlineData("DaemonSet")]
    [InlineData("ReplicationController")]
    public void Workloads_whose_pods_have_finished_stand_for_the_next(string kind)
    {
        var input = ReadClean(Workload(kind, "web"), OwnedPod("old", $"{kind}/web") + "status: {phase: Failed}\n");
        Assert.Equal((kind, true), (Assert.Single(input.Cluster.Endpoints).WorkloadKind, input.Cluster.Endpoints[0].StandsForPods));
    }

    [Fact]
    public void Finished_pods_end_their_job_and_nothing_above_it()
    {
        const string done = "status: {phase: Succeeded}\n";
        var input = ReadClean(
            Workload("Job", "once"), OwnedPod("once-1", "Job/once") + done,
            Workload("CronJob", "nightly"), Workload("Job", "nightly-1", owner: "CronJob/nightly"), OwnedPod("nightly-1-x", "Job/nightly-1") + done,
            Workload("CronJob", "hourly"), Workload("Job", "hourly-1", owner: "CronJob/hourly"), OwnedPod("hourly-1-x", "Job/hourly-1") + done,
            OwnedPod("hourly-1-y", "Job/hourly-1"),
            Workload("Deployment", "hashed"), OwnedPod("p2", "ReplicaSet/hashed-5d4f", "pod-template-hash: 5d4f") + done);
        Assert.Equal(["default/hashed", "default/hourly-1-y", "default/nightly"], input.Cluster.Endpoints.Select(e => e.Reference));
    }

    [Fact]
    public void Workloads_of_one_name_stay_addressable()
    {
        var stage = Read(Workload("StatefulSet", "web"), Workload("Deployment", "web"), Workload("DaemonSet", "api"), Pod("api"));
        Assert.True(stage.Succeeded);
        Assert.Equal(["api", "api-daemonset", "web", "web-statefulset"], stage.Value!.Cluster.Endpoints.Select(e => e.Name));
        Assert.Equal(["api", "api", "web", "web"], stage.Value.Cluster.Endpoints.Select(e => e.WorkloadName));
    }

    [Fact]
    public void Namespaces_are_stated_or_implied_and_always_labelled()
    {
        var input = ReadClean(
            "apiVersion: v1\nkind: Namespace\nmetadata: {name: stated, labels: {team: a}}", Pod("p"), Workload("Deployment", "d", ns: "other"));
        Assert.Equal(
            ["default True kubernetes.io/metadata.name=default", "other True kubernetes.io/metadata.name=other",
             "stated False kubernetes.io/metadata.name=stated,team=a"],
            input.Cluster.Namespaces.Select(n => $"{n.Name} {n.IsImplied} {n.Labels}"));
    }

    [Fact]
    public void Service_with_backends()
    {
        var service = Assert.Single(ReadClean(
            """
            apiVersion: v1
            kind: Service
            metadata: {name: web, labels: {head: none}}
            spec:
              clusterIP: 10.96.0.1
              clusterIPs: [10.96.0.1, "fd00::1"]
              externalIPs: [192.0.2.1]
              selector: {app: web}
              ports:
              - {name: http, port: 80, targetPort: http, nodePort: 30080}
              - {port: 53, protocol: UDP}
              - {port: 443, targetPort: 8443}
            status: {loadBalancer: {ingress: [{ip: 192.0.2.2}, {hostname: example.org}]}}
            ---
            apiVersion: v1
            kind: Endpoints
            metadata: {name: web}
            subsets: [{addresses: [{ip: 10.0.0.2}, {ip: 10.0.0.1}], notReadyAddresses: [{ip: 10.0.0.9}]}]
            ---
            apiVersion: discovery.k8s.io/v1
            kind: EndpointSlice
            metadata: {name: web-x, labels: {kubernetes.io/service-name: web}}
            addressType: IPv4
            endpoints:
            - {addresses: [10.0.0.1]}
            - {addresses: [10.0.0.3], conditions: {ready: true}}
            - {addresses: [10.0.0.8], conditions: {ready: false}}
            """).Cluster.Services);
        Assert.Equal("10.96.0.1 fd00::1", string.Join(' ', service.ClusterAddresses));
        Assert.Equal("192.0.2.1 192.0.2.2", string.Join(' ', service.ExternalAddresses));
        Assert.Equal("10.0.0.1 10.0.0.2 10.0.0.3", string.Join(' ', service.BackendAddresses));
        Assert.Equal(("ClusterIP", "app=web", "head=none"), (service.Type, service.Selector.ToString(), service.Labels.ToString()));
        Assert.Equal(
            [new ServicePort("http", IpProtocol.Tcp, 80, null, "http", 30080), new ServicePort(null, IpProtocol.Udp, 53, 53, null, null),
             new ServicePort(null, IpProtocol.Tcp, 443, 8443, null, null)],
            service.Ports);
    }

    [Fact]
    public void Headless_service_has_no_address() =>
        Assert.Empty(Assert.Single(ReadClean("apiVersion: v1\nkind: Service\nmetadata: {name: a}\nspec: {clusterIP: None}").Cluster.Services).ClusterAddresses);

    [Fact]
    public void Node_addresses_are_internal_first_without_host_names()
    {
        var node = Assert.Single(ReadClean(
            "apiVersion: v1\nkind: Node\nmetadata: {name: w, labels: {zone: a}}\nstatus: {addresses: [{type: Hostname, address: w}, {type: ExternalIP, address: 192.0.2.1}, {type: InternalIP, address: 10.0.0.1}]}").Cluster.Nodes);
        Assert.Equal("10.0.0.1 192.0.2.1", string.Join(' ', node.Addresses));
    }

    private static string Workload(string kind, string name, string ns = "default", string? owner = null) =>
        $"apiVersion: {(kind is "Job" or "CronJob" ? "batch/v1" : kind == "ReplicationController" ? "v1" : "apps/v1")}\nkind: {kind}\nmetadata: {{name: {name}, namespace: {ns}{Owner(owner)}}}\n";

    private static string OwnedPod(string name, string owner, string labels = "") =>
        $"apiVersion: v1\nkind: Pod\nmetadata: {{name: {name}, labels: {{{labels}}}{Owner(owner)}}}\n";

    private static string Owner(string? owner) => owner?.Split('/') is [var kind, var name]
        ? $", ownerReferences: [{{kind: {kind}, name: {name}, controller: true}}]"
        : "";
}
