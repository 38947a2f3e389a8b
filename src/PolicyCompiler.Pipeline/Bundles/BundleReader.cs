using System.Collections.Immutable;
using System.Text.Json;
using PolicyCompiler.Core.Diagnostics;

namespace PolicyCompiler.Pipeline.Bundles;

/// <summary>Reads a bundle and checks every file against the manifest.</summary>
public static class BundleReader
{
    /// <summary>Whether a bundle was written there. A manifest alone is no proof: people call their own files so.</summary>
    public static bool IsBundle(string directory) =>
        File.Exists(Path.Combine(directory, BundleLayout.Manifest)) && File.Exists(Path.Combine(directory, BundleLayout.MapsBinary));

    public static Stage<EnforcementBundle> Read(string directory)
    {
        if (!IsBundle(directory))
        {
            return Failed(directory, Directory.Exists(directory)
                ? $"it has no {BundleLayout.Manifest}; name a directory that 'policyc compile -o' wrote"
                : "there is no such directory");
        }

        try
        {
            var manifest = Document(directory, BundleLayout.Manifest);
            var version = manifest.GetProperty("formatVersion").GetInt32();
            if (version != BundleLayout.FormatVersion)
            {
                return Failed(directory, $"it has format {version}, this version reads {BundleLayout.FormatVersion}");
            }

            var diagnostics = new List<Diagnostic>();
            var objects = ImmutableArray.CreateBuilder<(string Name, ImmutableArray<byte> Elf)>();
            foreach (var file in manifest.GetProperty("files").EnumerateArray())
            {
                var path = file.GetProperty("path").GetString()!;
                var full = Path.GetFullPath(Path.Combine(directory, path));
                if (!full.StartsWith(Path.GetFullPath(directory) + Path.DirectorySeparatorChar, StringComparison.Ordinal))
                {
                    return Failed(directory, $"its manifest names {path}, which is outside of it");
                }

                var content = File.ReadAllBytes(full);
                if (BundleWriter.Hash(content) != file.GetProperty("sha256").GetString())
                {
                    diagnostics.Add(BundleDiagnostics.HashMismatch.At(SourceSpan.None, full));
                }

                if (path.StartsWith(BundleLayout.Objects + "/", StringComparison.Ordinal))
                {
                    objects.Add((BundleLayout.ObjectName(path), [.. content]));
                }
            }

            if (diagnostics.Count > 0)
            {
                return Stage.Of<EnforcementBundle>(null, diagnostics);
            }

            return Stage.Of(new EnforcementBundle(
                directory,
                manifest,
                Document(directory, BundleLayout.Verification),
                Document(directory, BundleLayout.Identities),
                Document(directory, BundleLayout.Decisions),
                Document(directory, BundleLayout.Endpoints),
                MapDocuments.ReadBinary(File.ReadAllBytes(Path.Combine(directory, BundleLayout.MapsBinary))),
                objects.ToImmutable()));
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or JsonException or KeyNotFoundException
            or InvalidOperationException or FormatException or InvalidDataException or ArgumentException or OverflowException)
        {
            return Failed(directory, e.Message);
        }
    }

    private static Stage<EnforcementBundle> Failed(string directory, string why) =>
        Stage.Of<EnforcementBundle>(null, [BundleDiagnostics.NotReadable.At(SourceSpan.None, directory, why)]);

    private static JsonElement Document(string directory, string name)
    {
        using var document = JsonDocument.Parse(File.ReadAllBytes(Path.Combine(directory, name)));
        return document.RootElement.Clone();
    }
}
