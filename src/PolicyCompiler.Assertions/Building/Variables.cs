using Antlr4.Runtime;
using PolicyCompiler.Assertions.Syntax;
using PolicyCompiler.Core.Assertions;
using PolicyCompiler.Core.Diagnostics;
using PolicyCompiler.Core.Model;

namespace PolicyCompiler.Assertions.Building;

/// <summary>The variables of a file, known from the line that defines them on.</summary>
internal sealed class Variables(TokenText text, List<Diagnostic> findings)
{
    private readonly Dictionary<string, (IToken Name, FlowSet Set)> _defined = new(StringComparer.Ordinal);
    private readonly HashSet<string> _used = new(StringComparer.Ordinal);

    public IEnumerable<string> Names => _defined.Keys;

    public void Define(IToken name, FlowSet set)
    {
        if (Entities.TryParse(name.Text, out _))
        {
            findings.Add(FlowDiagnostics.NameTaken.At(text.SpanOf(name), "the name", name.Text, "is that of an entity"));
        }
        else if (!_defined.TryAdd(name.Text, (name, set)))
        {
            findings.Add(FlowDiagnostics.NameTaken.At(text.SpanOf(name), "the variable", name.Text, $"is already defined on line {_defined[name.Text].Name.Line}"));
        }
    }

    /// <summary>Null when no line above defines it.</summary>
    public FlowSet? Use(string name)
    {
        _used.Add(name);
        return _defined.TryGetValue(name, out var variable) ? variable.Set : null;
    }

    public void ReportUnused() => findings.AddRange(_defined.Where(v => !_used.Contains(v.Key))
        .Select(v => FlowDiagnostics.Unused.At(text.SpanOf(v.Value.Name), v.Key)));
}
