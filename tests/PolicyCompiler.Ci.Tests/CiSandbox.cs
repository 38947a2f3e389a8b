using System.Diagnostics;
using PolicyCompiler.Cli.Tests;
using PolicyCompiler.Tests.Shared;

namespace PolicyCompiler.Ci.Tests;

/// <summary>A folder that stands for a CI job's checkout, and commands that stand for those of its machine.</summary>
internal sealed class CiSandbox : IDisposable
{
    public const string Policy = """
        apiVersion: networking.k8s.io/v1
        kind: NetworkPolicy
        metadata: {name: web}
        spec:
          podSelector: {}
          ingress: [{ports: [{port: 80}]}]
        ---
        apiVersion: v1
        kind: Pod
        metadata: {name: web}
        status: {podIP: 10.0.0.1, phase: Running}
        """;

    private readonly TemporaryFolder _folder = new();

    public CiSandbox()
    {
        Directory.CreateDirectory(Commands);
        Directory.CreateDirectory(Path.Combine(Checkout, "policies"));
        File("policies/web.yaml", Policy);
        Command("policyc", $"exec {Path.Combine(AppContext.BaseDirectory, "policyc")} \"$@\"");
        Command("ldconfig", "printf '\\tlibLLVM.so.19.1 (libc6) => /lib/libLLVM.so.19.1\\n\\tlibbpf.so.1 (libc6) => /lib/libbpf.so.1\\n'");
        foreach (var name in new[] { "apt-get", "dotnet", "sudo" })
        {
            Command(name, $"echo \"{name} $*\" >>{Log}; exit 1");
        }
    }

    public sealed record Result(int ExitCode, string Output, string Error);

    public static string Script => Path.Combine(Repository.Root, "ci", "policyc-ci.sh");

    public string Root => _folder.Path;

    public string Checkout => Path.Combine(Root, "checkout");

    public string Commands => Path.Combine(Root, "commands");

    public string Log => Path.Combine(Root, "log");

    /// <summary>What the stand-ins were called with, a line each.</summary>
    public string[] Calls => System.IO.File.Exists(Log) ? System.IO.File.ReadAllLines(Log) : [];

    public Dictionary<string, string> Variables { get; } = new(StringComparer.Ordinal) { ["CI"] = "true", ["POLICYC_VERIFY"] = "none" };

    /// <summary>A command that comes first on the PATH.</summary>
    public void Command(string name, string body)
    {
        var path = Path.Combine(Commands, name);
        System.IO.File.WriteAllText(path, $"#!/bin/sh\n{body}\n");
        System.IO.File.SetUnixFileMode(path, UnixFileMode.UserRead | UnixFileMode.UserExecute | UnixFileMode.UserWrite);
    }

    public void RemoveCommand(string name) => System.IO.File.Delete(Path.Combine(Commands, name));

    public void File(string name, string text) => System.IO.File.WriteAllText(Path.Combine(Checkout, name), text);

    public string Read(string name) => System.IO.File.ReadAllText(Path.Combine(Checkout, name));

    public bool Has(string name) => Path.Exists(Path.Combine(Checkout, name));

    public Result Run(params string[] command)
    {
        var start = new ProcessStartInfo(command[0], command[1..])
        {
            WorkingDirectory = Checkout,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        foreach (var name in start.Environment.Keys.Where(k => k.StartsWith("POLICYC_", StringComparison.Ordinal) || k.StartsWith("GITHUB_", StringComparison.Ordinal)).ToList())
        {
            start.Environment.Remove(name);
        }

        start.Environment["PATH"] = $"{Commands}:{Environment.GetEnvironmentVariable("PATH")}";
        start.Environment["HOME"] = Root;
        start.Environment["XDG_CACHE_HOME"] = Path.Combine(Root, "cache");
        foreach (var (name, value) in Variables)
        {
            start.Environment[name] = value;
        }

        using var process = Process.Start(start)!;
        var output = process.StandardOutput.ReadToEndAsync();
        var error = process.StandardError.ReadToEndAsync();
        Assert.True(process.WaitForExit(TimeSpan.FromSeconds(120)), "the command did not end");
        return new Result(process.ExitCode, output.Result, error.Result);
    }

    public void Dispose() => _folder.Dispose();
}
