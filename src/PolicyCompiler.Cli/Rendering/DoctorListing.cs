using PolicyCompiler.Cli.Doctor;
using PolicyCompiler.Pipeline.Bundles;

namespace PolicyCompiler.Cli.Rendering;

/// <summary>The answer of <c>policyc doctor</c>.</summary>
internal static class DoctorListing
{
    private static readonly Ability[] Each = [Ability.Compile, Ability.Verify, Ability.Attach];

    public static void WriteText(IReadOnlyList<MachineCheck> checks, Terminal terminal)
    {
        var width = checks.Max(c => c.Name.Length) + 2;
        foreach (var check in checks)
        {
            var mark = check.Status switch
            {
                CheckStatus.Good => terminal.Good("✓"),
                CheckStatus.Limited => terminal.Warn("!"),
                _ => terminal.Bad("✗"),
            };
            terminal.Output.WriteLine($"  {mark} {terminal.Faint(check.Name.PadRight(width))}{check.Found}");
            if (check.Remedy.Length > 0)
            {
                var without = check.Blocks == Ability.None ? "" : $" (until then no {string.Join(", no ", Words(check.Blocks))})";
                terminal.Output.WriteLine($"{new string(' ', width + 4)}-> {check.Remedy}{without}");
            }
        }

        var abilities = MachineChecks.Abilities(checks);
        terminal.Output.WriteLine();
        terminal.Output.WriteLine(
            abilities.HasFlag(Ability.Compile | Ability.Verify) ? terminal.Good("this machine can compile and verify")
            : abilities.HasFlag(Ability.Compile) ? terminal.Bad("this machine can compile (--verify none), but not verify")
            : terminal.Bad("this machine cannot compile"));
    }

    public static void WriteJson(IReadOnlyList<MachineCheck> checks, int exitCode, Terminal terminal) => terminal.WriteJson(json =>
    {
        var abilities = MachineChecks.Abilities(checks);
        json.WriteNumber("exitCode", exitCode);
        foreach (var ability in Each)
        {
            json.WriteBoolean(ability.ToString().ToLowerInvariant(), abilities.HasFlag(ability));
        }

        json.WriteObjects("checks", checks, check =>
        {
            json.WriteString("name", check.Name);
            json.WriteString("status", check.Status.ToString().ToLowerInvariant());
            json.WriteString("found", check.Found);
            json.WriteString("remedy", check.Remedy);
            json.WriteStrings("blocks", Words(check.Blocks));
        });
        json.WriteFindings(checks.Select(c => c.Finding).OfType<Core.Diagnostics.Diagnostic>());
    });

    private static IEnumerable<string> Words(Ability abilities) => Each.Where(a => abilities.HasFlag(a)).Select(a => a.ToString().ToLowerInvariant());
}
