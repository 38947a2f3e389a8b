using System.Collections.Immutable;
using System.Globalization;
using PolicyCompiler.Core.Bpf;
using PolicyCompiler.Core.Diagnostics;

namespace PolicyCompiler.Kernel;

/// <summary>Puts a verifier's refusal into words: the decisive line first, at the policy line the code came from.</summary>
internal static class Rejection
{
    public static Diagnostic Describe(BpfObject source, string program, VerifierLog log, string kernel)
    {
        var lines = source.Programs.FirstOrDefault(p => string.Equals(p.Name, program, StringComparison.Ordinal))?.Lines ?? [];
        var located = log.Sources.Where(s => s.Line > 0).ToList();
        var policy = located.FindLastIndex(s => !IsTemplate(s));
        var span = policy >= 0 ? Span(located[policy], lines) : SourceSpan.None;
        var error = log.Error.Length > 0 ? log.Error : "it gave no reason";
        return KernelDiagnostics.Rejected.At(span, program, source.Name, error, kernel) with { Notes = [.. Notes(log, located)] };
    }

    private static IEnumerable<string> Notes(VerifierLog log, List<VerifierLogSource> located)
    {
        foreach (var line in log.ErrorLines.Skip(1))
        {
            yield return line;
        }

        if (log.InstructionIndex >= 0)
        {
            yield return $"at instruction {log.Instruction}";
        }

        if (located.Count > 0)
        {
            var last = located[^1];
            yield return string.Create(CultureInfo.InvariantCulture, $"from {last.FileName}:{last.Line}: {last.Text}");
        }
    }

    // Policies are YAML or JSON; what else has line information is the datapath template and generated glue.
    private static bool IsTemplate(VerifierLogSource source) =>
        !(source.FileName.EndsWith(".yaml", StringComparison.OrdinalIgnoreCase)
            || source.FileName.EndsWith(".yml", StringComparison.OrdinalIgnoreCase)
            || source.FileName.EndsWith(".json", StringComparison.OrdinalIgnoreCase));

    // The kernel prints a file's last name; the object's own line records have the whole path and the column.
    private static SourceSpan Span(VerifierLogSource source, ImmutableArray<BpfLine> lines)
    {
        var record = lines.FirstOrDefault(l => l.Line == source.Line
            && string.Equals(Path.GetFileName(l.Path), source.FileName, StringComparison.Ordinal)
            && string.Equals(l.Text.Trim(), source.Text, StringComparison.Ordinal));
        var path = record?.Path ?? source.FileName;
        return new SourceSpan(new SourceText(path, path, ""), source.Line, record?.Column ?? 1, 0);
    }
}
