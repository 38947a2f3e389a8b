using System.Globalization;
using System.Text.RegularExpressions;

namespace PolicyCompiler.MSBuild;

/// <summary>One canonical line of policyc: <c>path(line,column): error NP2003: message</c>.</summary>
internal sealed class Finding
{
    private static readonly Regex Canonical = new(
        @"^(?<origin>.+?)(\((?<line>[0-9]+),(?<column>[0-9]+)\))?: (?<severity>error|warning|info) (?<code>NP[0-9]{4}): (?<message>.*)$",
        RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture);

    private Finding(Match match)
    {
        Origin = match.Groups["origin"].Value;
        Line = Number(match.Groups["line"]);
        Column = Number(match.Groups["column"]);
        Severity = match.Groups["severity"].Value;
        Code = match.Groups["code"].Value;
        Message = match.Groups["message"].Value;
    }

    /// <summary>A file, or <c>policyc</c> for a finding about none.</summary>
    public string Origin { get; }

    /// <summary>1-based; 0: none.</summary>
    public int Line { get; }

    /// <summary>1-based; 0: none.</summary>
    public int Column { get; }

    /// <summary><c>error</c>, <c>warning</c> or <c>info</c>.</summary>
    public string Severity { get; }

    public string Code { get; }

    public string Message { get; }

    /// <summary>Null for a line that is no finding.</summary>
    public static Finding? Parse(string line) => Canonical.Match(line) is { Success: true } match ? new Finding(match) : null;

    private static int Number(Group group) =>
        int.TryParse(group.Value, NumberStyles.None, CultureInfo.InvariantCulture, out var value) ? value : 0;
}
