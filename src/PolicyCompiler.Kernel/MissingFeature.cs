using System.Globalization;
using System.Text.RegularExpressions;
using PolicyCompiler.Core.Bpf;

namespace PolicyCompiler.Kernel;

/// <summary>
/// Tells a kernel that lacks something from a program that is wrong. Verifier and libbpf name helpers and kernel functions;
/// of anything else they complain as if the program were broken, and the kernel's version has to tell.
/// </summary>
internal static partial class MissingFeature
{
    /// <summary>The features in words, or null when none is known to be missing.</summary>
    public static string? Find(Refusal refusal)
    {
        if (KernelFunctionLine().Match(refusal.Message) is { Success: true } function)
        {
            return TargetKernel.KernelFunction(function.Groups[1].Value).ToString();
        }

        var error = VerifierLog.Parse(refusal.Log).Error;
        if (HelperLine().Match(error) is { Success: true } helper
            && int.TryParse(helper.Groups[1].Value, NumberStyles.None, CultureInfo.InvariantCulture, out var number)
            && TargetKernel.Helper(number) is var feature
            && (!KernelVersion.TryParse(refusal.Release, out var version) || !(feature.Since <= version)))
        {
            return feature.ToString();
        }

        // A verifier that got as far as complaining about a value knew all the instructions.
        var known = KernelVersion.TryParse(refusal.Release, out var kernel);
        var lacking = known && !IsAboutValues(error) ? TargetKernel.Lacking(refusal.Source, kernel) : [];
        return lacking.IsEmpty ? null : string.Join("; ", lacking);
    }

    private static bool IsAboutValues(string error) => ValueLine().IsMatch(error);

    [GeneratedRegex(@"extern \(func ksym\) '(\w+)': not found", RegexOptions.CultureInvariant)]
    private static partial Regex KernelFunctionLine();

    // check_helper_call in kernel/bpf/verifier.c: "invalid func unknown#181", "unknown func bpf_loop#181".
    [GeneratedRegex(@"^(?:invalid|unknown) func \w+#(\d+)", RegexOptions.CultureInvariant)]
    private static partial Regex HelperLine();

    [GeneratedRegex(@"^(?:R\d+ |invalid (?:access|read|stack|indirect)|infinite loop|BPF program is too large|math between|the sequence of)", RegexOptions.CultureInvariant)]
    private static partial Regex ValueLine();
}
