using System.Globalization;
using System.Text;
using PolicyCompiler.Core.Bpf;

namespace PolicyCompiler.CodeGen;

/// <summary>
/// The texts that debug information points into: of each policy file the lines that decide something, and a pseudo file for
/// what no line is responsible for. LLVM looks for a file on disk when the text is not embedded, so it always is: the
/// object's bytes must not depend on the directory.
/// </summary>
internal sealed class SourceFiles
{
    public const string GeneratedPath = "policyc-generated";

    /// <summary>Line records have 22 bits for the line; a policy file of this length is no policy file.</summary>
    public const int MaximumLine = 1 << 20;

    // A line is quoted for people; no need to carry a minified document into the kernel.
    private const int MaximumLineLength = 160;

    private static readonly string[] Steps =
    [
        "decide a new connection", "constant verdict", "look up protocol and port", "look up the identity of the remote address",
        "find the port class", "find the identity class", "read the verdict", "no case matches: default verdict",
    ];

    private readonly SortedDictionary<string, SortedDictionary<int, string>> _files = new(StringComparer.Ordinal);

    public SourceFiles(IEnumerable<PlanOrigin> origins)
    {
        foreach (var origin in origins.Where(IsUsable))
        {
            if (!_files.TryGetValue(origin.LogicalPath, out var lines))
            {
                _files.Add(origin.LogicalPath, lines = []);
            }

            lines.TryAdd(origin.Line, Clean(origin.LineText));
        }

        _files[GeneratedPath] = [];
        for (var step = 0; step < Steps.Length; step++)
        {
            _files[GeneratedPath].Add(step + 1, Steps[step]);
        }
    }

    /// <summary>In order.</summary>
    public IEnumerable<string> Paths => _files.Keys;

    public static bool IsUsable(PlanOrigin origin) =>
        origin.IsKnown && origin.Line <= MaximumLine && !string.IsNullOrEmpty(origin.LogicalPath);

    /// <summary>
    /// LLVM assembly with one DIFile a path, in order, as the operands of a named node. LLVM-C has no call that makes a
    /// DIFile with a source. The directory is empty: a path is relative to the compiler's input.
    /// </summary>
    public string ToAssembly(string node)
    {
        var text = new StringBuilder();
        text.Append(CultureInfo.InvariantCulture, $"!{node} = !{{{string.Join(", ", Enumerable.Range(0, _files.Count).Select(i => $"!{i}"))}}}\n");
        var index = 0;
        foreach (var (path, lines) in _files)
        {
            text.Append(CultureInfo.InvariantCulture, $"!{index++} = !DIFile(filename: \"");
            Escape(text, path);
            text.Append("\", directory: \"\", source: \"");
            var line = 1;
            foreach (var (number, content) in lines)
            {
                text.Insert(text.Length, "\\0A", number - line);
                line = number;
                Escape(text, content);
            }

            text.Append("\\0A\")\n");
        }

        return text.ToString();
    }

    private static string Clean(string line)
    {
        var cut = line.Length <= MaximumLineLength ? line : line[..MaximumLineLength] + "...";
        return string.Concat(cut.Select(c => char.IsControl(c) ? ' ' : c));
    }

    private static void Escape(StringBuilder text, string value)
    {
        foreach (var unit in Encoding.UTF8.GetBytes(value))
        {
            if (unit is >= 0x20 and < 0x7f and not (byte)'"' and not (byte)'\\')
            {
                text.Append((char)unit);
            }
            else
            {
                text.Append(CultureInfo.InvariantCulture, $"\\{unit:X2}");
            }
        }
    }
}
