using System.Globalization;
using System.Text;
using PolicyCompiler.Core.Bpf;

namespace PolicyCompiler.Kernel.Emulation;

/// <summary>Objects -> the initramfs of a guest that loads them: the loader, the libraries it needs, a job (guest/README.md).</summary>
internal static class InitramfsBuilder
{
    private const string LibraryFolder = "lib";

    /// <param name="inputs">What to load; objects are numbered through in this order.</param>
    /// <param name="missing">Name of a library of the loader that this machine lacks; null on success.</param>
    public static byte[] Build(IReadOnlyList<VerificationInput> inputs, out string? missing)
    {
        var archive = new CpioWriter();
        foreach (var folder in new[] { "dev", LibraryFolder, "lib64", "objects" })
        {
            archive.AddDirectory(folder);
        }

        // The kernel opens it for the first process.
        archive.AddCharacterDevice("dev/console", 5, 1);
        var loader = Loader();
        archive.AddFile("init", loader, executable: true);
        var libraries = SharedLibraries.Find(loader, out missing);
        if (missing is null && !File.Exists(SharedLibraries.Interpreter))
        {
            missing = SharedLibraries.Interpreter;
        }

        if (missing is not null)
        {
            return [];
        }

        archive.AddFile(SharedLibraries.Interpreter.TrimStart('/'), File.ReadAllBytes(SharedLibraries.Interpreter), executable: true);
        foreach (var (name, path) in libraries)
        {
            archive.AddFile($"{LibraryFolder}/{name}", File.ReadAllBytes(path), executable: true);
        }

        var number = 0;
        foreach (var item in inputs.SelectMany(i => i.Objects))
        {
            archive.AddFile(ObjectPath(number++), item.Elf.AsSpan());
        }

        archive.AddFile("job", Encoding.UTF8.GetBytes(Job(inputs)));
        return archive.ToArray();
    }

    /// <summary>What the loader is told to do.</summary>
    internal static string Job(IReadOnlyList<VerificationInput> inputs)
    {
        var job = new StringBuilder();
        var number = 0;
        job.Append(CultureInfo.InvariantCulture, $"share {ConnectionTableLayout.Section}\n");
        foreach (var input in inputs)
        {
            job.Append("bundle\n");
            foreach (var map in input.Maps)
            {
                job.Append(CultureInfo.InvariantCulture, $"map {map.Name} {map.MaxEntries}\n");
            }

            foreach (var item in input.Objects)
            {
                job.Append(CultureInfo.InvariantCulture, $"object {number} {Word(item.Name)} /{ObjectPath(number)}\n");
                number++;
            }
        }

        return job.ToString();
    }

    private static string ObjectPath(int number) => string.Create(CultureInfo.InvariantCulture, $"objects/{number}");

    // The name only labels the maps of global variables in the kernel.
    private static string Word(string name) => string.Concat(name.Select(c => char.IsAsciiLetterOrDigit(c) || c is '-' or '_' or '.' ? c : '_')) is { Length: > 0 and < 100 } word ? word : "object";

    private static byte[] Loader()
    {
        using var stream = typeof(InitramfsBuilder).Assembly.GetManifestResourceStream("guest-loader")
            ?? throw new InvalidOperationException("the guest's loader was not there when this was built");
        using var copy = new MemoryStream();
        stream.CopyTo(copy);
        return copy.ToArray();
    }
}
