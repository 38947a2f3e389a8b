using System.Globalization;
using System.Text.Json;
using PolicyCompiler.Core.Bpf;
using PolicyCompiler.Core.Diagnostics;
using PolicyCompiler.Core.Tables;
using PolicyCompiler.Pipeline;
using PolicyCompiler.Pipeline.Agreement;
using PolicyCompiler.Pipeline.Bundles;

namespace PolicyCompiler.Cli.Rendering;

/// <summary>What <c>policyc compile</c> says at the end.</summary>
internal static class CompileSummary
{
    public static void WriteText(
        Compilation compilation, string? directory, IReadOnlyList<(string Path, byte[] Content)> files, int exitCode, Terminal terminal)
    {
        if (terminal.Run.Differences is { } listing)
        {
            DiffText.WriteDifferences(listing, terminal, terminal.Output);
        }

        if (terminal.Run.Tests is { } tests)
        {
            TestText.WriteFailures(tests, terminal);
        }

        foreach (var (name, value) in (compilation.Tables is null ? [] : Lines(compilation)).Concat(GateLines(terminal.Run)))
        {
            terminal.Output.WriteLine($"  {terminal.Faint(name.PadRight(12))}{value}");
        }

        if (files.Count > 0 && exitCode == ExitCode.Ok)
        {
            terminal.Output.WriteLine($"  {terminal.Faint("bundle".PadRight(12))}{directory} ({files.Count} files, {Size(files.Sum(f => (long)f.Content.Length))})");
        }

        var errors = compilation.Diagnostics.Count(d => d.Severity == DiagnosticSeverity.Error);
        terminal.Output.WriteLine();
        terminal.Output.WriteLine((exitCode, compilation.Verification.Outcome) switch
        {
            (_, VerificationOutcome.Rejected) => terminal.Bad("REJECTED by the kernel verifier; nothing was written"),
            (ExitCode.Ok, _) when compilation.Objects.IsEmpty => terminal.Warn("no endpoint that policies apply to, so there is no program to verify"),
            (ExitCode.Ok, VerificationOutcome.Accepted) => terminal.Good("accepted by the kernel verifier"),
            (ExitCode.Ok, _) => terminal.Warn($"NOT VERIFIED ({compilation.Verification.Reason}): no kernel has accepted these programs"),
            (ExitCode.Environment, _) => terminal.Bad("this machine cannot do it; nothing was written"),
            _ when errors == 0 => terminal.Bad("warnings count as errors; nothing was written"),
            _ => terminal.Bad(string.Create(CultureInfo.InvariantCulture, $"{errors} {(errors == 1 ? "error" : "errors")}; nothing was written")),
        });
    }

    public static void WriteJson(Compilation compilation, AgreementReport? agreement, int exitCode, Terminal terminal) =>
        terminal.WriteJson(json =>
        {
            WriteOutcome(json, compilation.Verification, exitCode);
            if (compilation.Tables is not null)
            {
                json.WriteStartObject("summary");
                foreach (var (name, value) in Lines(compilation).Concat(GateLines(terminal.Run)))
                {
                    json.WriteString(name, value);
                }

                json.WriteEndObject();
            }

            if (agreement is not null)
            {
                json.WriteStartObject("agreement");
                json.WriteNumber("decisions", agreement.Decisions);
                json.WriteNumber("kernelRuns", agreement.KernelRuns);
                json.WriteString("scope", agreement.Scope.ToString());
                json.WriteNumber("disagreements", agreement.DisagreementCount);
                json.WriteEndObject();
            }

            if (terminal.Run.Tests is { } tests)
            {
                json.WriteStartObject("assertions");
                TestJson.WriteMembers(json, tests);
                json.WriteEndObject();
            }

            if (terminal.Run.Differences is { } listing)
            {
                json.WriteStartObject("diff");
                DiffJson.WriteMembers(json, listing);
                json.WriteEndObject();
            }

            json.WriteFindings(compilation.Diagnostics);
        });

    /// <summary>The verdict on a bundle's objects.</summary>
    public static void WriteJson(VerificationReport report, IReadOnlyCollection<Diagnostic> findings, int exitCode, Terminal terminal) =>
        terminal.WriteJson(json =>
        {
            WriteOutcome(json, report, exitCode);
            json.WriteObjects("programs", report.Objects.SelectMany(o => o.Programs.Select(p => (o.ObjectName, Program: p))), item =>
            {
                json.WriteString("object", item.ObjectName);
                json.WriteString("program", item.Program.Program);
                json.WriteNumber("instructions", item.Program.Instructions);
                json.WriteNumber("processedInstructions", item.Program.ProcessedInstructions);
                json.WriteNumber("stackBytes", item.Program.StackBytes);
            });
            json.WriteFindings(findings);
        });

    private static void WriteOutcome(Utf8JsonWriter json, VerificationReport report, int exitCode)
    {
        json.WriteNumber("exitCode", exitCode);
        json.WriteString("verification", BundleWriter.OutcomeWord(report.Outcome));
    }

    /// <summary>The figures of a compile that has tables.</summary>
    public static IEnumerable<(string Name, string Value)> Lines(Compilation compilation)
    {
        var tables = compilation.Tables!;
        var graph = tables.Graph;
        var identities = tables.Identities;
        yield return ("input", Text($"{compilation.Sources.Length} {(compilation.Sources.Length == 1 ? "file" : "files")}: {graph.Policies.Length} policies with {graph.Rules.Length} rules, {graph.Cluster.Endpoints.Length} endpoints in {graph.Cluster.Namespaces.Length} namespaces"));
        yield return ("identities", Text($"{identities.Identities.Count(i => i.Kind == IdentityKind.Labels)} of endpoints, {identities.Identities.Count(i => i.Kind == IdentityKind.Cidr)} of address blocks; ipcache: {identities.IpCache.Count(e => e.IsEndpoint)} addresses, {identities.IpCache.Count(e => !e.IsEndpoint)} prefixes"));
        yield return ("policies", Text($"{tables.EndpointPolicies.Length} endpoint policies from {tables.DirectionPolicies.Length} direction policies"));
        yield return ("tables", Text($"{tables.PageCount} pages, {Size(tables.Pages.Length * 4L)}"));
        if (!identities.NamePatterns.IsEmpty)
        {
            yield return ("names", Text($"{identities.NamePatterns.Length} patterns in {identities.NameClasses.Classes.Length} classes, for an agent to fill from DNS answers"));
        }

        if (!tables.Redirects.IsEmpty)
        {
            var parsers = tables.Redirects.GroupBy(r => r.Set!.Parser).OrderBy(g => g.Key).Select(g => Text($"{g.Count()} {g.Key.ToString().ToLowerInvariant()}"));
            yield return ("proxies", Text($"{tables.Redirects.Length} rule sets ({string.Join(", ", parsers)}); their connections are dropped until a proxy listens"));
        }

        if (!compilation.Objects.IsEmpty)
        {
            var kinds = compilation.Objects.GroupBy(o => KindOf(o.Plan!)).OrderBy(g => g.Key, StringComparer.Ordinal).Select(g => $"{g.Count()} {g.Key}");
            var instructions = compilation.Objects.SelectMany(o => o.Programs).Select(p => p.InstructionCount).ToList();
            yield return ("programs", Text($"{compilation.Objects.Length} objects ({string.Join(", ", kinds)}), {instructions.Min()} to {instructions.Max():N0} instructions"));
        }

        var report = compilation.Verification;
        if (report.Outcome == VerificationOutcome.Accepted)
        {
            var programs = report.Objects.SelectMany(o => o.Programs).ToList();
            yield return ("verifier", Text($"Linux {report.Kernel}: {programs.Count} programs, at most {programs.Max(p => p.ProcessedInstructions):N0} instructions processed, {programs.Sum(p => p.Microseconds) / 1000.0:F1} ms"));
        }
    }

    /// <summary>What was asked beyond the compile.</summary>
    public static IEnumerable<(string Name, string Value)> GateLines(RunRecord run)
    {
        if (run.Lint is { } lint)
        {
            yield return ("lint", LintListing.Summary(lint.Findings, lint.Suppressed) is { Length: > 0 } found ? found : "no findings");
        }

        if (run.Tests is { } tests)
        {
            yield return ("assertions", TestText.Summary(tests));
        }

        if (run.Differences is { } listing)
        {
            yield return ("changes", listing.Summary);
        }
    }

    private static string KindOf(ProgramPlan plan) => !plan.Enforced ? "pass-through"
        : plan.Ingress is DecisionPlan.Table || plan.Egress is DecisionPlan.Table ? "class tables"
        : plan.Ingress is DecisionPlan.Inline || plan.Egress is DecisionPlan.Inline ? "inline comparisons"
        : "constant";

    private static string Text(FormattableString text) => FormattableString.Invariant(text);

    private static string Size(long bytes) => bytes < 10_000 ? Text($"{bytes} bytes") : bytes < 10_000_000 ? Text($"{bytes / 1024.0:F0} KiB") : Text($"{bytes / 1048576.0:F1} MiB");
}
