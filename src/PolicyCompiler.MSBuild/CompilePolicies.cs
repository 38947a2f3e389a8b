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
        if (Enum.TryParse<VerificationMode>(Verification, ignoreCase: true, out _))
        {
            return base.ValidateParameters();
        }

        Log.LogError($"PolicyCompilerVerification is '{Verification}'; it can be {string.Join(", ", Enum.GetNames(typeof(VerificationMode)))}");
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
        arguments.AddRange(Policies.Select(p => p.GetMetadata("FullPath")).Distinct(StringComparer.Ordinal));
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

        return string.Join("\n", arguments.Select(a => $"\"{a}\"").Append(AdditionalArguments)) + "\n";
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

    private VerificationMode Mode => (VerificationMode)Enum.Parse(typeof(VerificationMode), Verification, ignoreCase: true);
}
