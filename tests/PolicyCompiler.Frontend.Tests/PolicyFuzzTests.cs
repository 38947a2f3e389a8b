using System.Text.RegularExpressions;
using CsCheck;
using PolicyCompiler.Core.Diagnostics;
using PolicyCompiler.Core.Graph;
using PolicyCompiler.Core.Tables;
using PolicyCompiler.Tests.Shared;

namespace PolicyCompiler.Frontend.Tests;

/// <summary>
/// Every text under policies/, of every kind, with lines lost, moved, re-indented, renamed and mixed with lines of other
/// texts: reading and compiling end with findings, never with an exception.
/// </summary>
public sealed partial class PolicyFuzzTests
{
    private const int Rounds = 4_000;

    private static readonly string[][] Texts =
        [.. Repository.Cases.Select(Repository.CasePath).SelectMany(Directory.EnumerateFiles).Where(f => f.EndsWith(".yaml", StringComparison.Ordinal))
            .Order(StringComparer.Ordinal).Select(File.ReadAllText).Where(t => t.Length < 16_384).Select(t => t.Split('\n'))];

    private static readonly string[] Lines = [.. Texts.SelectMany(t => t).Where(l => l.Contains(':')).Distinct(StringComparer.Ordinal)];

    private static readonly string[] Keys = [.. Lines.Select(l => KeyOfLine().Match(l)).Where(m => m.Success).Select(m => m.Groups["key"].Value).Distinct(StringComparer.Ordinal)];

    private static readonly string[] Values =
    [
        "", "~", "{}", "[]", "''", "\"*\"", "-1", "0", "65536", "4294967296", "1e9", "true", "no", "[a, a]", "{a: {b: c}}", "10.0.0.0/33", "::/0", "0.0.0.0/0",
        "10.0.0.0/8", "fe80::1%eth0/64", "ANY", "TCP", "sctp", "all", "world", "host", "reserved:host", "k8s:app", "any:a", "cidr:10.0.0.0/8", "**.example.com", "a..b",
        "(", "[a-", "^/x$", ".*", "!a", "In", "DoesNotExist", "required", "Pass", "Baseline", "8080", "http", "EchoRequest", "&a x", "*a", "!!int x",
    ];

    private static readonly Gen<(int Kind, int Place, int Other, string Value)> Change = Gen.Select(
        Gen.Int[0, 7], Gen.Int[0, 9_999], Gen.Int[0, 9_999], Gen.Int[0, Values.Length - 1].Select(i => Values[i]), (kind, place, other, value) => (kind, place, other, value));

    [Fact]
    public void Mutated_policies_never_throw()
    {
        var compiled = 0;
        Gen.Select(Gen.Int[0, Texts.Length - 1], Gen.Int[0, Texts.Length - 1], Change.Array[1, 4]).Sample(
            (first, second, changes) =>
            {
                // Two cases together, so that policies of several kinds meet the same pods.
                var text = Joined(changes.Aggregate(Texts[first], Apply), Texts[second]);
                if (Compile(text))
                {
                    Interlocked.Increment(ref compiled);
                }
            },
            seed: "0000000000000",
            iter: Rounds);

        // Mutations that only make syntax errors would test the YAML reader alone.
        Assert.True(compiled > Rounds / 20, $"{compiled} of {Rounds} texts compiled");
    }

    public static TheoryData<string> PolicyFiles =>
        [.. Repository.ValidCases.Select(c => $"{c}/policy.yaml").Where(f => File.Exists(Repository.CasePath(f)))];

    /// <summary>Fail closed: nothing that a reader does not know can stand anywhere, not even beside known fields.</summary>
    [Theory]
    [MemberData(nameof(PolicyFiles))]
    public void An_unknown_field_is_an_error_wherever_it_stands(string name)
    {
        var lines = File.ReadAllLines(Repository.CasePath(name));
        var ignored = new List<string>();
        var tried = 0;
        for (var i = 0; i < lines.Length; i++)
        {
            if (!KeyOfLine().IsMatch(lines[i]))
            {
                continue;
            }

            tried++;
            var match = KeyOfLine().Match(lines[i]);
            var before = match.Groups["before"].Value;
            var changed = string.Join('\n', [.. lines[..i], $"{before}zzUnknown: 1", new string(' ', before.Length) + lines[i][before.Length..], .. lines[(i + 1)..]]);
            if (!InputReader.Read([new SourceText("p.yaml", "p.yaml", changed)]).Diagnostics.Any(d => d.Severity == DiagnosticSeverity.Error))
            {
                ignored.Add($"line {i + 1}: {lines[i]}");
            }
        }

        Assert.True(tried > 0, "no line has a key");
        Assert.Empty(ignored);
    }

    private static bool Compile(string text)
    {
        var input = InputReader.Read([new SourceText("f.yaml", "f.yaml", text)]);
        var diagnostics = input.Diagnostics.ToList();
        Stage<PolicyTables>? tables = null;
        if (!HasError(diagnostics))
        {
            var graph = RuleGraphBuilder.Build(input.Value!, new GraphOptions());
            diagnostics.AddRange(graph.Diagnostics);
            tables = HasError(diagnostics) ? null : PolicyTablesBuilder.Build(graph.Value!);
            diagnostics.AddRange(tables?.Diagnostics ?? []);
        }

        var lines = text.Split('\n').Length;
        Assert.All(diagnostics, d => Assert.InRange(d.Span.Line, 0, lines));
        return tables?.Value is not null && !HasError(diagnostics);
    }

    private static bool HasError(IEnumerable<Diagnostic> diagnostics) => diagnostics.Any(d => d.Severity == DiagnosticSeverity.Error);

    private static string Joined(string[] first, string[] second) => $"{string.Join('\n', first)}\n---\n{string.Join('\n', second)}";

    private static string[] Apply(string[] lines, (int Kind, int Place, int Other, string Value) change)
    {
        if (lines.Length == 0)
        {
            return lines;
        }

        var at = change.Place % lines.Length;
        var line = lines[at];
        var key = KeyOfLine().Match(line);
        return change.Kind switch
        {
            0 => [.. lines[..at], .. lines[(at + 1)..]],
            1 => [.. lines[..at], line, .. lines[at..]],
            2 => [.. lines[..at], Lines[change.Other % Lines.Length], .. lines[at..]],
            3 => Replaced(change.Other % 2 == 0 ? $"  {line}" : line.StartsWith("  ", StringComparison.Ordinal) ? line[2..] : line),
            4 when key.Success => Replaced($"{key.Groups["before"].Value}{key.Groups["key"].Value}: {change.Value}"),
            5 when key.Success => Replaced($"{key.Groups["before"].Value}{Keys[change.Other % Keys.Length]}:{line[(key.Index + key.Length)..]}"),
            6 => Replaced(line.Replace(": ", $": {change.Value} ", StringComparison.Ordinal)),
            7 => lines[..at],
            _ => lines,
        };

        string[] Replaced(string with) => [.. lines[..at], with, .. lines[(at + 1)..]];
    }

    [GeneratedRegex("^(?<before> *(- )*)(?<key>[A-Za-z][A-Za-z0-9]*):")]
    private static partial Regex KeyOfLine();
}
