using System.Globalization;

namespace PolicyCompiler.Core.Bpf;

/// <summary>A Linux release as features are dated by: <c>5.10</c>.</summary>
public readonly record struct KernelVersion(int Major, int Minor) : IComparable<KernelVersion>
{
    /// <summary>The oldest kernel that programs can be compiled for.</summary>
    public static readonly KernelVersion Oldest = new(5, 10);

    /// <summary>Reads <c>5.10</c> and releases that begin so: <c>5.10.0-46-cloud-amd64</c>.</summary>
    public static bool TryParse(string text, out KernelVersion version)
    {
        var words = text.Split('.', 3);
        var digits = words.Length < 2 ? "" : string.Concat(words[1].TakeWhile(char.IsAsciiDigit));
        version = default;
        if (words.Length < 2
            || !int.TryParse(words[0], NumberStyles.None, CultureInfo.InvariantCulture, out var major)
            || !int.TryParse(digits, NumberStyles.None, CultureInfo.InvariantCulture, out var minor)
            || (words.Length == 2 && digits.Length < words[1].Length && words[1][digits.Length] is not ('-' or '+')))
        {
            return false;
        }

        version = new KernelVersion(major, minor);
        return true;
    }

    public int CompareTo(KernelVersion other) => (Major, Minor).CompareTo((other.Major, other.Minor));

    public static bool operator <(KernelVersion left, KernelVersion right) => left.CompareTo(right) < 0;

    public static bool operator >(KernelVersion left, KernelVersion right) => left.CompareTo(right) > 0;

    public static bool operator <=(KernelVersion left, KernelVersion right) => left.CompareTo(right) <= 0;

    public static bool operator >=(KernelVersion left, KernelVersion right) => left.CompareTo(right) >= 0;

    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{Major}.{Minor}");
}
