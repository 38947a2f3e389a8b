using System.Text.RegularExpressions;
using PolicyCompiler.Core.Diagnostics;

namespace PolicyCompiler.Kernel.Emulation;

/// <summary>A kernel as the reader names it: <c>running</c>, <c>debian:VERSION</c>, or the path of an image.</summary>
public abstract partial record KernelChoice(string Name)
{
    /// <summary>The kernel that runs this process.</summary>
    public sealed record Running() : KernelChoice("running");

    /// <summary>Debian's package of that version.</summary>
    public sealed record Debian(string Version) : KernelChoice($"debian:{Version}");

    /// <summary>An image that lies there.</summary>
    public sealed record Image(string Path) : KernelChoice(Path);

    /// <summary>Null for <c>debian:</c> with something that is no version.</summary>
    public static KernelChoice? Parse(string text) =>
        text == "running" ? new Running()
        : !text.StartsWith("debian:", StringComparison.Ordinal) ? new Image(text)
        : VersionText().IsMatch(text["debian:".Length..]) ? new Debian(text["debian:".Length..])
        : null;

    /// <summary>The image of a kernel to emulate; or null and NP5032 or NP5033.</summary>
    public Stage<string> FindImage(DebianKernels debian) => this switch
    {
        Debian package => debian.Get(package.Version),
        Image image => Check(image.Path),
        _ => throw new InvalidOperationException("the running kernel has no image to look for"),
    };

    private static Stage<string> Check(string path)
    {
        try
        {
            return IsKernel(path) ? Stage.Of(path) : Failed(path, "it is neither a bzImage nor an ELF file");
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return Failed(path, e.Message);
        }
    }

    // Documentation/arch/x86/boot.rst: HdrS at 0x202; the emulator boots ELF files with a PVH entry as well.
    private static bool IsKernel(string path)
    {
        const int HeaderOffset = 0x202;
        var head = new byte[HeaderOffset + 4];
        using var file = File.OpenRead(path);
        var length = file.ReadAtLeast(head, head.Length, throwOnEndOfStream: false);
        return length == head.Length && (head.AsSpan(HeaderOffset).SequenceEqual("HdrS"u8) || head.AsSpan(0, 4).SequenceEqual("\u007fELF"u8));
    }

    private static Stage<string> Failed(string path, string why) =>
        Stage.Of<string>(null, [EmulationDiagnostics.NotAKernel.At(SourceSpan.None, path, why)]);

    [GeneratedRegex(@"^\d+\.\d+(\.\d[\w.+~-]*)?$", RegexOptions.CultureInvariant)]
    private static partial Regex VersionText();
}
