using System.Collections.Immutable;
using PolicyCompiler.Core.Diagnostics;
using PolicyCompiler.Core.Model;
using PolicyCompiler.Frontend.Assembly;
using PolicyCompiler.Frontend.Diagnostics;
using PolicyCompiler.Frontend.Objects;
using PolicyCompiler.Frontend.Yaml;

namespace PolicyCompiler.Frontend;

/// <summary>YAML and JSON texts to the policies and the cluster they state.</summary>
public static class InputReader
{
    /// <summary>
    /// Reads every text to its end, whatever is wrong with the others, so that one run reports all errors. Findings
    /// are in the order of <paramref name="sources"/>, then of the text. Does no I/O and never throws on bad input.
    /// </summary>
    public static Stage<CompilerInput> Read(IReadOnlyList<SourceText> sources)
    {
        // Files are independent, and each has its own findings, so the outcome does not depend on the schedule.
        var files = new (Manifests Objects, Findings Findings)[sources.Count];
        Parallel.For(0, sources.Count, i => files[i] = ReadFile(sources[i]));

        var all = new Manifests();
        var findings = new List<Diagnostic>();
        foreach (var file in files)
        {
            all.Add(file.Objects);
            findings.AddRange(file.Findings.Diagnostics);
        }

        var assembly = new Findings();
        var input = InputAssembler.Assemble(all, assembly);
        findings.AddRange(assembly.Diagnostics);
        return new Stage<CompilerInput>(input, InTextOrder(findings, sources));
    }

    private static (Manifests Objects, Findings Findings) ReadFile(SourceText source)
    {
        var findings = new Findings();
        var reader = new ObjectReader(findings);
        new YamlReader(source, findings, reader.Read).ReadAll();
        return (reader.Objects, findings);
    }

    private static ImmutableArray<Diagnostic> InTextOrder(List<Diagnostic> findings, IReadOnlyList<SourceText> sources)
    {
        if (findings.Count == 0)
        {
            return [];
        }

        var order = new Dictionary<SourceText, int>(ReferenceEqualityComparer.Instance);
        for (var i = 0; i < sources.Count; i++)
        {
            order.TryAdd(sources[i], i);
        }

        return
        [
            .. findings.OrderBy(d => d.Span.Source is { } source ? order[source] : -1)
                .ThenBy(d => d.Span.Line).ThenBy(d => d.Span.Column).ThenBy(d => d.Code, StringComparer.Ordinal),
        ];
    }
}
