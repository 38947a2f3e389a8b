using System.Collections.Immutable;
using System.Security.Cryptography;
using System.Text;
using PolicyCompiler.Core.Bpf;
using PolicyCompiler.Core.Diagnostics;

namespace PolicyCompiler.Pipeline.Bundles;

/// <summary>
/// Compilation -> bundle (docs/bundle-format.md). Everything but verification.json depends on the inputs and the tool
/// alone; what the kernel of this machine said is in that one file.
/// </summary>
public static class BundleWriter
{
    /// <summary>The bundle's files by path, in the order they are written; the manifest, which names the others, is last.</summary>
    public static ImmutableArray<(string Path, byte[] Content)> Files(Compilation compilation, string codeGenerator)
    {
        var files = ImmutableArray.CreateBuilder<(string Path, byte[] Content)>();
        foreach (var item in compilation.Objects)
        {
            files.Add((BundleLayout.ObjectFile(item.Name), [.. item.Elf]));
        }

        files.Add((BundleLayout.Identities, TableDocuments.Identities(compilation.Tables!)));
        files.Add((BundleLayout.Decisions, TableDocuments.Decisions(compilation.Tables!)));
        files.Add((BundleLayout.Endpoints, TableDocuments.Endpoints(compilation)));
        if (!compilation.Tables!.Identities.NamePatterns.IsEmpty)
        {
            files.Add((BundleLayout.Names, NameDocuments.Names(compilation.Tables!)));
        }

        files.AddRange(ProxyDocuments.All(compilation.Tables!));
        files.Add((BundleLayout.MapsText, MapDocuments.Text(compilation.Maps)));
        files.Add((BundleLayout.MapsBinary, MapDocuments.Binary(compilation.Maps)));
        var hashed = files.ToImmutable();
        files.Add((BundleLayout.Verification, Verification(compilation.Verification)));
        files.Add((BundleLayout.Manifest, Manifest(compilation, codeGenerator, hashed)));
        return files.ToImmutable();
    }

    /// <summary>
    /// Writes to a temporary folder beside <paramref name="directory"/> and renames it, so that the directory always holds
    /// a whole bundle: the old one or the new one.
    /// </summary>
    /// <returns>NP7001 or NP7002, or nothing.</returns>
    public static Diagnostic? Write(IReadOnlyList<(string Path, byte[] Content)> files, string directory)
    {
        string target;
        try
        {
            target = TargetOf(directory);
            if (File.Exists(target) || (Directory.Exists(target) && !BundleReader.IsBundle(target) && Directory.EnumerateFileSystemEntries(target).Any()))
            {
                return BundleDiagnostics.NotABundle.At(SourceSpan.None, directory);
            }
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or ArgumentException)
        {
            return BundleDiagnostics.NotWritten.At(SourceSpan.None, directory, e.Message);
        }

        var temporary = $"{target}.new-{Environment.ProcessId}";
        var old = $"{target}.old-{Environment.ProcessId}";
        try
        {
            foreach (var (path, content) in files)
            {
                var file = Path.Combine(temporary, path);
                Directory.CreateDirectory(Path.GetDirectoryName(file)!);
                File.WriteAllBytes(file, content);
            }

            var replaces = Directory.Exists(target);
            if (replaces)
            {
                Directory.Move(target, old);
            }

            try
            {
                Directory.Move(temporary, target);
            }
            catch (IOException) when (replaces)
            {
                Directory.Move(old, target);
                throw;
            }

            return null;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return BundleDiagnostics.NotWritten.At(SourceSpan.None, directory, e.Message);
        }
        finally
        {
            Remove(temporary);
            Remove(old);
        }
    }

    /// <summary>Behind a link: who reads the directory that it names must find the new bundle there, and the link stays.</summary>
    private static string TargetOf(string directory)
    {
        var named = new DirectoryInfo(Path.TrimEndingDirectorySeparator(Path.GetFullPath(directory)));
        return named.LinkTarget is null
            ? named.FullName
            : Path.TrimEndingDirectorySeparator(named.ResolveLinkTarget(returnFinalTarget: true)!.FullName);
    }

    private static void Remove(string directory)
    {
        try
        {
            if (Directory.Exists(directory))
            {
                Directory.Delete(directory, recursive: true);
            }
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            // A leftover folder does no harm, and the result of the write is what counts.
        }
    }

    private static byte[] Manifest(Compilation compilation, string codeGenerator, ImmutableArray<(string Path, byte[] Content)> files) =>
        JsonText.Write(json =>
        {
            json.WriteNumber("formatVersion", BundleLayout.FormatVersion);
            json.WriteString("tool", $"policyc {ToolVersion.Text}");
            json.WriteString("codeGenerator", codeGenerator);
            json.WriteString("verification", OutcomeWord(compilation.Verification.Outcome));
            if (compilation.TargetKernel is { } target)
            {
                json.WriteString("targetKernel", target.ToString());
            }

            json.WriteBoolean("ipBlockMatchesPods", compilation.Graph!.Options.IpBlockMatchesPods);
            json.WriteObjects("inputs", compilation.Sources, source =>
            {
                json.WriteString("path", source.LogicalPath);
                json.WriteString("sha256", Hash(Encoding.UTF8.GetBytes(source.Text)));
            });
            json.WriteObjects("files", files, file =>
            {
                json.WriteString("path", file.Path);
                json.WriteNumber("bytes", file.Content.Length);
                json.WriteString("sha256", Hash(file.Content));
            });
        });

    private static byte[] Verification(VerificationReport report) => JsonText.Write(json =>
    {
        json.WriteString("outcome", OutcomeWord(report.Outcome));
        json.WriteString("reason", report.Reason);
        json.WriteString("kernel", report.Kernel);
        json.WriteObjects("objects", report.Objects, item =>
        {
            json.WriteString("path", BundleLayout.ObjectFile(item.ObjectName));
            json.WriteString("sha256", item.Sha256);
            json.WriteString("outcome", OutcomeWord(item.Outcome));
            json.WriteObjects("programs", item.Programs, program =>
            {
                json.WriteString("name", program.Program);
                json.WriteNumber("instructions", program.Instructions);
                json.WriteNumber("processedInstructions", program.ProcessedInstructions);
                json.WriteNumber("peakStates", program.PeakStates);
                json.WriteNumber("totalStates", program.TotalStates);
                json.WriteNumber("stackBytes", program.StackBytes);
                json.WriteNumber("microseconds", program.Microseconds);
            });
        });
    });

    /// <summary>The verdict as bundles and JSON spell it.</summary>
    public static string OutcomeWord(VerificationOutcome outcome) => outcome switch
    {
        VerificationOutcome.Accepted => "accepted",
        VerificationOutcome.Rejected => "rejected",
        VerificationOutcome.NoResult => "noResult",
        _ => "unverified",
    };

    internal static string Hash(byte[] content) => Convert.ToHexStringLower(SHA256.HashData(content));
}
