using System.Collections.Immutable;
using System.Formats.Tar;
using System.Text.RegularExpressions;
using PolicyCompiler.Core.Diagnostics;

namespace PolicyCompiler.Kernel.Emulation;

/// <summary>
/// Kernel images out of Debian's packages, fetched through apt without installing them and kept in a cache. What this
/// machine's own sources do not offer is looked for in the Debian release that has the version, with lists of its own.
/// </summary>
/// <param name="cache">The folder for images.</param>
public sealed partial class DebianKernels(string cache)
{
    private const string Keyring = "/usr/share/keyrings/debian-archive-keyring.gpg";

    // The Debian release whose kernel it is.
    private static readonly Dictionary<string, string> Releases = new(StringComparer.Ordinal)
    {
        ["5.10"] = "bullseye",
        ["6.1"] = "bookworm",
        ["6.12"] = "trixie",
    };

    /// <summary>Below XDG_CACHE_HOME (the XDG base directory specification).</summary>
    public static string DefaultCache
    {
        get
        {
            var home = Environment.GetEnvironmentVariable("XDG_CACHE_HOME");
            return Path.Combine(
                string.IsNullOrEmpty(home) ? Path.Combine(Environment.GetFolderPath(Environment.SpecialFolder.UserProfile), ".cache") : home,
                "policyc",
                "kernels");
        }
    }

    /// <summary>Path of the image; or null and NP5032.</summary>
    /// <param name="version">Such as <c>6.1</c>: its newest package, unless one is in the cache.</param>
    public Stage<string> Get(string version)
    {
        var folder = Path.Combine(cache, $"debian-{version}");
        if (Cached(folder) is { } known)
        {
            return Stage.Of(known);
        }

        try
        {
            Directory.CreateDirectory(cache);
            var (options, package, problem) = Resolve(version);
            if (package is null)
            {
                return Failed(version, problem);
            }

            problem = Fetch(options, package, folder);
            return Cached(folder) is { } fetched ? Stage.Of(fetched) : Failed(version, problem ?? $"{package} has no kernel image");
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return Failed(version, e.Message);
        }
    }

    /// <summary>The package of the newest build of a version among the lines of <c>apt-cache search --names-only</c>; null without one.</summary>
    internal static string? Newest(string version, string search) => search.Split('\n')
        .Select(line => PackageName().Match(line))
        .Where(m => m.Success && (m.Groups["version"].Value == version || m.Groups["version"].Value.StartsWith(version + ".", StringComparison.Ordinal)))
        .OrderBy(m => Number().Replace(m.Groups["version"].Value, n => n.Value.PadLeft(10, '0')), StringComparer.Ordinal)
        .LastOrDefault()?.Groups["package"].Value;

    private static string? Cached(string folder) =>
        Directory.Exists(folder) ? Directory.EnumerateFiles(folder, "vmlinuz-*").Order(StringComparer.Ordinal).LastOrDefault() : null;

    private (ImmutableArray<string> Options, string? Package, string Problem) Resolve(string version)
    {
        if (ExternalProgram.Run("apt-cache", Search([], version)) is not { } own)
        {
            return ([], null, "apt is not on this machine; name the path of an image instead");
        }

        if (Newest(version, own.Output) is { } package)
        {
            return ([], package, "");
        }

        if (!Releases.TryGetValue(version, out var release) || !File.Exists(Keyring))
        {
            return ([], null, $"apt knows no package linux-image-{version}*-cloud-amd64; 'apt-get update' may help, or name the path of an image");
        }

        var options = OptionsFor(release);
        var update = ExternalProgram.Run("apt-get", [.. options, "update"])!.Value;
        var there = ExternalProgram.Run("apt-cache", Search(options, version))!.Value;
        return (options, Newest(version, there.Output), $"no package of it in Debian {release}: {LastLine(update.Error)}");
    }

    // Lists and downloads in the cache, so that neither root is needed nor the machine's own apt changed.
    private ImmutableArray<string> OptionsFor(string release)
    {
        var folder = Path.Combine(cache, "apt", release);
        Directory.CreateDirectory(Path.Combine(folder, "lists", "partial"));
        Directory.CreateDirectory(Path.Combine(folder, "archives", "partial"));
        var sources = Path.Combine(folder, "sources.list");
        File.WriteAllText(
            sources,
            $"deb [signed-by={Keyring} arch=amd64] http://deb.debian.org/debian {release} main\n"
            + $"deb [signed-by={Keyring} arch=amd64] http://deb.debian.org/debian-security {release}-security main\n");
        string[] settings =
        [
            $"Dir::Etc::sourcelist={sources}", "Dir::Etc::sourceparts=-", $"Dir::State::lists={Path.Combine(folder, "lists")}", $"Dir::Cache={folder}",
            "APT::Architecture=amd64", "Acquire::Languages=none",
        ];
        return [.. settings.SelectMany(s => new[] { "-o", s })];
    }

    private static string? Fetch(ImmutableArray<string> options, string package, string folder)
    {
        var temporary = $"{folder}.new-{Environment.ProcessId}";
        try
        {
            Directory.CreateDirectory(temporary);
            var download = ExternalProgram.Run("apt-get", [.. options, "download", package], temporary)!.Value;
            if (Directory.EnumerateFiles(temporary, "*.deb").FirstOrDefault() is not { } file)
            {
                return $"'apt-get download {package}' failed: {LastLine(download.Error)}";
            }

            var tar = Path.Combine(temporary, "data.tar");
            if (Extract(file, tar) is { } problem)
            {
                return problem;
            }

            var image = TakeImage(tar, temporary);
            File.Delete(file);
            File.Delete(tar);
            if (image)
            {
                Directory.Move(temporary, folder);
            }

            return null;
        }
        catch (IOException) when (Cached(folder) is not null)
        {
            // Another process was faster.
            return null;
        }
        finally
        {
            if (Directory.Exists(temporary))
            {
                Directory.Delete(temporary, recursive: true);
            }
        }
    }

    private static string? Extract(string package, string tar)
    {
        var result = ExternalProgram.Run("sh", ["-c", "dpkg-deb --fsys-tarfile \"$1\" > \"$2\"", "sh", package, tar]);
        return result is { ExitCode: 0 } ? null : $"dpkg-deb could not unpack it: {LastLine(result?.Error ?? "")}";
    }

    private static bool TakeImage(string tar, string folder)
    {
        using var reader = new TarReader(File.OpenRead(tar));
        while (reader.GetNextEntry() is { } entry)
        {
            var name = Path.GetFileName(entry.Name);
            if (name.StartsWith("vmlinuz-", StringComparison.Ordinal) && entry.EntryType is TarEntryType.RegularFile or TarEntryType.V7RegularFile)
            {
                entry.ExtractToFile(Path.Combine(folder, name), overwrite: true);
                return true;
            }
        }

        return false;
    }

    private static string[] Search(ImmutableArray<string> options, string version) =>
        [.. options, "search", "--names-only", $"^linux-image-{Regex.Escape(version)}.*-cloud-amd64$"];

    private static string LastLine(string text) =>
        text.Split('\n', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries).LastOrDefault() ?? "it said nothing";

    private static Stage<string> Failed(string version, string why) =>
        Stage.Of<string>(null, [EmulationDiagnostics.KernelUnavailable.At(SourceSpan.None, $"debian:{version}", why)]);

    [GeneratedRegex(@"\d+", RegexOptions.CultureInvariant)]
    private static partial Regex Number();

    // With the build in the name; the packages without one only depend on the current build.
    [GeneratedRegex(@"^(?<package>linux-image-(?<version>\d+\.\d+\.\d[^\s_]*)-cloud-amd64)\s", RegexOptions.CultureInvariant)]
    private static partial Regex PackageName();
}
