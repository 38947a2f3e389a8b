using System.CommandLine;
using System.Globalization;
using PolicyCompiler.Kernel.Emulation;

namespace PolicyCompiler.Cli.Commands;

/// <summary>Options of <c>policyc verify</c> that name kernels and compare with a baseline.</summary>
internal sealed class KernelOptions
{
    private const double DefaultGrowth = 20;

    public Option<string[]> Kernels { get; } = new("--kernel")
    {
        Description = "Kernels to ask, behind the paths: running, debian:VERSION (fetched, booted in an emulator), or the path of an image (likewise).",
        HelpName = "IMAGE",
        AllowMultipleArgumentsPerToken = true,
    };

    public Option<string?> Baseline { get; } = new("--baseline")
    {
        Description = "A file of how much the verifiers had to walk earlier, to compare with.",
        HelpName = "FILE",
    };

    public Option<bool> UpdateBaseline { get; } = new("--update-baseline") { Description = "Write the baseline instead of comparing with it." };

    public Option<double?> MaxGrowth { get; } = new("--max-growth")
    {
        Description = string.Create(CultureInfo.InvariantCulture, $"Percent by which a program may be more to walk than in the baseline; {DefaultGrowth} if not given."),
        HelpName = "PERCENT",
    };

    public void AddTo(Command command)
    {
        Kernels.Validators.Add(result =>
        {
            foreach (var word in result.Tokens.Select(t => t.Value).Where(v => v.StartsWith('-') || KernelChoice.Parse(v) is null))
            {
                result.AddError($"'{word}' is no kernel: name running, debian:VERSION such as debian:6.1, or the path of an image");
            }
        });
        MaxGrowth.Validators.Add(result =>
        {
            if (result.Tokens is [var word] && !(double.TryParse(word.Value, NumberStyles.Float, CultureInfo.InvariantCulture, out var value) && value >= 0 && double.IsFinite(value)))
            {
                result.AddError($"'{word.Value}' is no percentage");
            }
        });
        command.Add(Kernels);
        command.Add(Baseline);
        command.Add(UpdateBaseline);
        command.Add(MaxGrowth);
        command.Validators.Add(result =>
        {
            if (result.GetResult(Baseline) is null && (result.GetResult(UpdateBaseline) is not null || result.GetResult(MaxGrowth) is not null))
            {
                result.AddError("--update-baseline and --max-growth need --baseline FILE");
            }
        });
    }

    /// <summary>Whether several kernels, or a comparison, were asked for.</summary>
    public bool AreUsed(ParseResult result) => result.GetValue(Kernels) is { Length: > 0 } || result.GetValue(Baseline) is not null;

    /// <summary>Without repetitions; the running one when none was named.</summary>
    public IReadOnlyList<KernelChoice> ChoicesOf(ParseResult result)
    {
        KernelChoice[] named = [.. (result.GetValue(Kernels) ?? []).Select(k => KernelChoice.Parse(k)!).Distinct()];
        return named.Length > 0 ? named : [new KernelChoice.Running()];
    }

    public double GrowthOf(ParseResult result) => result.GetValue(MaxGrowth) ?? DefaultGrowth;
}
