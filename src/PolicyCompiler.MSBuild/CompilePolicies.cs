using System.Text;
using Microsoft.Build.Framework;
using Microsoft.Build.Utilities;

namespace PolicyCompiler.MSBuild;

/// <summary>Starts <c>policyc compile</c>; its canonical findings become the build's errors and warnings.</summary>
public sealed class CompilePolicies : ToolTask
{
    /// <summary>The manifests to compile.</summary>
    [Required]
    public ITaskItem[] Policies { get; set; } = [];

    /// <summary>In the bundle, files below this directory are named relative to it.</summary>
    [Required]
    public string RootDirectory { get; set; } = "";

    /// <summary>Where the bundle goes; it is replaced as a whole, and only by a compile without errors.</summary>
    [Required]
    public string BundleDirectory { get; set; } = "";

    /// <summary>policyc.dll, which the .NET host runs, or an executable.</summary>
    [Required]
    public string CompilerPath { get; set; } = "";

    /// <summary>The .NET host; empty: <c>dotnet</c> of the search path.</summary>
    public string DotNetHost { get; set; } = "";

    /// <summary>A name of <see cref="VerificationMode"/>.</summary>
    public string Verification { get; set; } = nameof(VerificationMode.WhenAvailable);

    /// <summary>Kernels that must take the programs, such as 5.10.</summary>
    public string[] TargetKernels { get; set; } = [];

    /// <summary>A file of DNS records; empty: none.</summary>
    public string DnsRecords { get; set; } = "";

    /// <summary>Files of assertions that must hold.</summary>
    public ITaskItem[] Assertions { get; set; } = [];

    /// <summary>Lint is asked as well.</summary>
    public bool Lint { get; set; }

    /// <summary>Its configuration, <c>.policyc.yaml</c>; empty or <c>none</c>: none.</summary>
    public string LintConfiguration { get; set; } = "";

    /// <summary>An earlier state to compare with: a git revision, <c>REVISION:PATH</c>, a path or a bundle; empty: nothing.</summary>
    public string Against { get; set; } = "";

    /// <summary>What is read of a revision, relative to <see cref="RootDirectory"/>.</summary>
    public string[] AgainstPaths { get; set; } = [];

    /// <summary>Where builds write: whatever is below has no policies.</summary>
    public ITaskItem[] OutputDirectories { get; set; } = [];

    /// <summary>Kinds of differences that fail the build.</summary>
    public string[] FailOn { get; set; } = [];

    /// <summary>A list of flows whose differences are tolerated; empty: none.</summary>
    public string Allow { get; set; } = "";

    /// <summary>A warning of policyc fails the build.</summary>
    public bool WarningsAsErrors { get; set; }

    /// <summary>Further arguments of <c>policyc compile</c>, quoted as on its command line.</summary>
    public string AdditionalArguments { get; set; } = "";

    /// <summary>Where the page of a code is, as CODE.md below this address; empty: findings have no help link.</summary>
    public string HelpUrl { get; set; } = "";

    protected override string ToolName => RunsOnHost ? "dotnet" : Path.GetFileName(CompilerPath);

    /// <summary>The lines below a finding are part of it; other lines there are too rare to be noise.</summary>
    protected override MessageImportance StandardErrorLoggingImportance => MessageImportance.High;

    protected override Encoding StandardOutputEncoding => Encoding.UTF8;

    protected override Encoding StandardErrorEncoding => Encoding.UTF8;

    protected override Encoding ResponseFileEncoding { get; } = new UTF8Encoding(encoderShouldEmitUTF8Identifier: false);

    private bool RunsOnHost => CompilerPath.EndsWith(".dll", StringComparison.OrdinalIgnoreCase);

    protected override string GenerateFullPathToTool() =>
        !RunsOnHost ? CompilerPath : DotNetHost.Length > 0 ? DotNetHost : ToolName;

    protected override bool ValidateParameters()
    {
        if (!Enum.TryParse<VerificationMode>(Verification, ignoreCase: true, out _))
        {
            Log.LogError($"PolicyCompilerVerification is '{Verification}'; it can be {string.Join(", ", Enum.GetNames(typeof(VerificationMode)))}");
            return false;
        }

        return CanCompare() && base.ValidateParameters();
    }

    /// <summary>Whether both sides of the comparison are asked for the same; what only one side reads would pass for a change.</summary>
    private bool CanCompare()
    {
        var state = new EarlierState(Against, RootDirectory, AgainstPaths);
        if (Against.Length > 0 && Policies.All(state.Shares))
        {
            Log.LogError($"PolicyCompilerAgainst is '{Against}', and every NetworkPolicy item is on both sides ({EarlierState.OnBothSides}): add the policies that are to be compared to NetworkPolicy");
            return false;
        }

        if (state.FindUncovered(Policies) is { } policy)
        {
            Log.LogError(null, null, null, policy, 0, 0, 0, 0,
                $"revision '{Against}' is asked for {string.Join(", ", AgainstPaths)} only: name what else has policies in PolicyCompilerAgainstPaths, or give this item the metadata {EarlierState.OnBothSides}=\"true\"");
            return false;
        }

        try
        {
            if (state.FindUnlisted(Policies, OutputDirectories) is not { } file)
            {
                return true;
            }

            Log.LogError(null, null, null, file, 0, 0, 0, 0,
                $"revision '{Against}' is asked for the directory of this file, which is no NetworkPolicy item, so a comparison would take it for removed: add it to NetworkPolicy, or name paths without it in PolicyCompilerAgainstPaths");
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            Log.LogErrorFromException(e);
        }

        return false;
    }

    protected override string GenerateCommandLineCommands()
    {
        var line = new CommandLineBuilder();
        if (RunsOnHost)
        {
            line.AppendFileNameIfNotNull(CompilerPath);
        }

        return line.ToString();
    }

    /// <summary>One argument a line, each in quotes: paths have spaces, and there may be more of them than a command line takes.</summary>
    protected override string GenerateResponseFileCommands()
    {
        List<string> arguments = ["compile"];
        var state = new EarlierState(Against, RootDirectory, AgainstPaths);
        arguments.AddRange(Paths(Policies.Where(p => !state.Shares(p))));
        arguments.AddRange(["--root", RootDirectory, "--output", BundleDirectory, "--no-color", "--verify", Mode switch
        {
            VerificationMode.Require => "kernel",
            VerificationMode.None => "none",
            _ => "when-available",
        }]);
        foreach (var kernel in TargetKernels)
        {
            arguments.AddRange(["--target-kernel", kernel]);
        }

        if (DnsRecords.Length > 0)
        {
            arguments.AddRange(["--dns-records", DnsRecords]);
        }

        if (WarningsAsErrors)
        {
            arguments.Add("--warnaserror");
        }

        Add("--assertions", Paths(Assertions));
        if (Lint)
        {
            arguments.Add("--lint");
            // The compiler would look for one where the build does not, and would not see it appear.
            Add("--config", [LintConfiguration.Length > 0 ? LintConfiguration : "none"]);
        }

        Add("--against", state.Operands);
        Add("--with", Paths(Policies.Where(state.Shares)));
        if (Against.Length > 0)
        {
            Add("--fail-on", FailOn);
            Add("--allow", new[] { Allow }.Where(a => a.Length > 0));
        }

        return string.Join("\n", arguments.Select(a => $"\"{a}\"").Append(AdditionalArguments)) + "\n";

        void Add(string option, IEnumerable<string> values) => arguments.AddRange(values.SelectMany(v => new[] { option, v }));
    }

    protected override void LogEventsFromTextOutput(string singleLine, MessageImportance messageImportance)
    {
        if (Finding.Parse(singleLine) is not { } finding)
        {
            Log.LogMessage(messageImportance, "{0}", singleLine);
            return;
        }

        var help = HelpUrl.Length == 0 ? null : $"{HelpUrl.TrimEnd('/')}/{finding.Code}.md";
        switch (finding.Severity)
        {
            case "error":
            case "warning" when WarningsAsErrors:
                Log.LogError(null, finding.Code, null, help, finding.Origin, finding.Line, finding.Column, 0, 0, "{0}", finding.Message);
                break;
            case "warning":
                Log.LogWarning(null, finding.Code, null, help, finding.Origin, finding.Line, finding.Column, 0, 0, "{0}", finding.Message);
                break;
            default:
                Log.LogMessage(null, finding.Code, null, finding.Origin, finding.Line, finding.Column, 0, 0, MessageImportance.Normal, "{0}", finding.Message);
                break;
        }
    }

    /// <summary>Findings say why it failed; only an end without any is worth a line of its own.</summary>
    protected override bool HandleTaskExecutionErrors() => Log.HasLoggedErrors ? false : base.HandleTaskExecutionErrors();

    private static IEnumerable<string> Paths(IEnumerable<ITaskItem> items) => items.Select(i => i.GetMetadata("FullPath")).Distinct(StringComparer.Ordinal);

    private VerificationMode Mode => (VerificationMode)Enum.Parse(typeof(VerificationMode), Verification, ignoreCase: true);
}
