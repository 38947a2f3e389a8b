using System.Text;
using PolicyCompiler.Core.Diagnostics;
using PolicyCompiler.Core.Lint;

namespace PolicyCompiler.Pipeline.Lint;

/// <summary>Puts new texts in the place of files: each is written beside the old one and renamed, so that none is half written.</summary>
public static class LintFixWriter
{
    /// <param name="compilation">What was read.</param>
    /// <param name="texts">The new texts.</param>
    /// <returns>Null, or why nothing was written, or what was not.</returns>
    public static Diagnostic? Write(Compilation compilation, IReadOnlyCollection<SourceText> texts)
    {
        var pending = new List<(string Temporary, string Target)>();
        try
        {
            foreach (var text in texts)
            {
                var old = compilation.Sources.First(s => s.Path == text.Path);
                var target = new FileInfo(text.Path).ResolveLinkTarget(returnFinalTarget: true)?.FullName ?? Path.GetFullPath(text.Path);
                var bytes = File.ReadAllBytes(target);
                var mark = bytes.AsSpan().StartsWith(Encoding.UTF8.Preamble) ? Encoding.UTF8.Preamble.Length : 0;
                if (Encoding.UTF8.GetString(bytes, mark, bytes.Length - mark) != old.Text)
                {
                    return LintDiagnostics.FixGivenUp.At(SourceSpan.None, $"'{text.Path}' has changed since it was read");
                }

                var temporary = $"{target}.policyc-{Environment.ProcessId}";
                pending.Add((temporary, target));
                File.WriteAllBytes(temporary, [.. bytes.AsSpan(0, mark), .. Encoding.UTF8.GetBytes(text.Text)]);
                if (!OperatingSystem.IsWindows())
                {
                    File.SetUnixFileMode(temporary, File.GetUnixFileMode(target));
                }
            }

            foreach (var (temporary, target) in pending)
            {
                File.Move(temporary, target, overwrite: true);
            }

            return null;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return LintDiagnostics.FixGivenUp.At(SourceSpan.None, e.Message);
        }
        finally
        {
            foreach (var (temporary, _) in pending)
            {
                File.Delete(temporary);
            }
        }
    }
}
