namespace PolicyCompiler.Pipeline.Bundles;

/// <summary>File names and format numbers of a bundle (docs/bundle-format.md).</summary>
public static class BundleLayout
{
    public const int FormatVersion = 2;

    public const string Manifest = "manifest.json";
    public const string Verification = "verification.json";
    public const string Identities = "identities.json";
    public const string Decisions = "decisions.json";
    public const string Endpoints = "endpoints.json";
    public const string MapsText = "maps.json";
    public const string MapsBinary = "maps.bin";
    public const string Objects = "objects";
    public const string ObjectExtension = ".bpf.o";

    /// <summary>Written where policies select by DNS names.</summary>
    public const string Names = "names.json";

    /// <summary>Written, with the folder of its documents, where some connection goes through a proxy.</summary>
    public const string ProxyIndex = "proxies.json";

    public const string Proxies = "proxies";

    /// <summary>First bytes of maps.bin.</summary>
    public static ReadOnlySpan<byte> MapsMagic => "NPMAPS01"u8;

    /// <summary>Bytes of a map's name in maps.bin, padded with zeros.</summary>
    public const int MapNameBytes = 32;

    public static string ObjectFile(string objectName) => $"{Objects}/{objectName}{ObjectExtension}";

    /// <summary>The object's name of its path in the bundle.</summary>
    public static string ObjectName(string file) => Path.GetFileName(file).Replace(ObjectExtension, "", StringComparison.Ordinal);
}
