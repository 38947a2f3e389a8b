using System.Security.Cryptography;
using System.Text;
using PolicyCompiler.Core.Diagnostics;

namespace PolicyCompiler.Cli.Rendering;

/// <summary>
/// What tells code hosts that a finding of today is the one of yesterday. It stays the same when lines are inserted above:
/// code, file, the text of the line, and which of those that share all three it is.
/// </summary>
internal sealed class Fingerprints(ArtifactRoot root)
{
    private readonly Dictionary<string, int> _seen = new(StringComparer.Ordinal);

    /// <summary>SHA-256 in hexadecimal digits; asked once for each finding, in their order.</summary>
    public string Of(Diagnostic finding)
    {
        var source = finding.Span.Source!;
        var key = $"{finding.Code}\n{root.UriOf(source.Path)}\n{source.Line(finding.Span.Line).Trim()}";
        _seen[key] = _seen.GetValueOrDefault(key) + 1;
        return Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes($"{key}\n{_seen[key]}")));
    }
}
