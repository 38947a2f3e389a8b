using System.Globalization;

namespace PolicyCompiler.MSBuild.Tests;

/// <summary>A fresh project in an empty folder, whose path has a space, that references the packed package.</summary>
internal sealed class PolicyProject : IDisposable
{
    public const string Policy = """
        apiVersion: networking.k8s.io/v1
        kind: NetworkPolicy
        metadata: {name: web}
        spec:
          podSelector: {matchLabels: {app: web}}
          ingress:
          - from: [{podSelector: {matchLabels: {app: client}}}]
            ports: [{port: 80}]
        """;

    public const string Cluster = """
        apiVersion: v1
        kind: Pod
        metadata: {name: web, labels: {app: web}}
        status: {podIP: 10.0.0.1, phase: Running}
        ---
        apiVersion: v1
        kind: Pod
        metadata: {name: client, labels: {app: client}}
        status: {podIP: 10.0.0.2, phase: Running}
        """;

    private readonly string _parent = System.IO.Directory.CreateTempSubdirectory("policyc-build-").FullName;

    public PolicyProject(PackedFeed feed, string properties = "<TargetFramework>net10.0</TargetFramework>")
    {
        Write("../nuget.config", feed.Configuration);
        Write("App.csproj", $"""
            <Project Sdk="Microsoft.NET.Sdk">
              <PropertyGroup>{properties}</PropertyGroup>
              <ItemGroup>
                <PackageReference Include="PolicyCompiler.MSBuild" Version="{feed.Version}" />
                <NetworkPolicy Include="policies/**/*.yaml" />
              </ItemGroup>
            </Project>
            """);
        Write("App.cs", "namespace App { public static class Nothing { } }\n");
        Write("policies/policy.yaml", Policy);
        Write("policies/cluster/pods.yaml", Cluster);
    }

    public string Directory => Path.Combine(_parent, "my project");

    public string Bundle => "obj/Debug/net10.0/policyc/bundle";

    public void Write(string name, string text)
    {
        var file = PathOf(name);
        System.IO.Directory.CreateDirectory(Path.GetDirectoryName(file)!);
        File.WriteAllText(file, text);
    }

    public string PathOf(string name) => Path.Combine(Directory, name);

    public bool Has(string name) => File.Exists(PathOf(name));

    public string Read(string name) => File.ReadAllText(PathOf(name));

    /// <summary>A compile writes a whole new bundle, so this changes with it.</summary>
    public string CompiledAt() => File.GetLastWriteTimeUtc(PathOf($"{Bundle}/manifest.json")).ToString("O", CultureInfo.InvariantCulture);

    public CommandProcess.Result DotNet(params string[] arguments) => CommandProcess.Run(Directory, "dotnet", arguments);

    public CommandProcess.Result Build(params string[] arguments) => DotNet(["build", "-nologo", .. arguments]);

    /// <summary>Without any capability, so that the kernel cannot be asked.</summary>
    public CommandProcess.Result BuildUnprivileged(IEnumerable<string> arguments, params (string Name, string Value)[] environment) =>
        CommandProcess.Run(Directory, "setpriv", ["--bounding-set=-all", "--inh-caps=-all", "dotnet", "build", "-nologo", .. arguments], environment);

    public void Git(params string[] arguments) => CommandProcess.Succeed(Directory, "git", arguments);

    public void Dispose() => System.IO.Directory.Delete(_parent, recursive: true);
}
