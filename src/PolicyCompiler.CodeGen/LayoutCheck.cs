using System.Collections.Immutable;
using System.Globalization;
using PolicyCompiler.Core.Bpf;

namespace PolicyCompiler.CodeGen;

/// <summary>Compares the layouts of policyc_abi.h, as the template was compiled with them, with what the encoders here write.</summary>
internal static class LayoutCheck
{
    // Bytes from the start of the struct, by member.
    private static readonly Layout[] Layouts =
    [
        new("policyc_endpoint", EndpointConfiguration.Size, IsAlwaysUsed: true,
            ("endpoint_id", 0), ("revision", 4), ("ipv4_be", 8), ("node_ipv4_be", 12), ("ipv6", 16), ("node_ipv6", 32), ("policy", 48)),
        new("policyc_policy", 8, IsAlwaysUsed: true, ("identity_root", 0), ("port_root", 4)),
        new("policyc_page", 256, IsAlwaysUsed: true, ("slot", 0)),
        new("policyc_counter", 16, IsAlwaysUsed: true, ("packets", 0), ("bytes", 8)),
        new("policyc_prefix4", 8, IsAlwaysUsed: true, ("prefix_length", 0), ("address", 4)),
        new("policyc_prefix6", 20, IsAlwaysUsed: true, ("prefix_length", 0), ("address", 4)),

        new("policyc_proxy", MapContentsBuilder.ProxySize, IsAlwaysUsed: true, ("port_be", 0), ("reserved", 2), ("flags", 4)),
        new("policyc_pair", MapContentsBuilder.PairSize, IsAlwaysUsed: true, ("endpoint_id", 0), ("identity", 4)),

        // No map has it as its value, so BTF has it only when a function out of line takes one.
        new("policyc_event", 64, IsAlwaysUsed: false,
            ("time_ns", 0), ("endpoint_id", 8), ("verdict", 12), ("identity", 16), ("length", 20), ("direction", 24), ("family", 25),
            ("protocol", 26), ("icmp_type", 27), ("source_port_be", 28), ("destination_port_be", 30), ("source", 32), ("destination", 48)),
    ];

    /// <exception cref="CodeGenException">They differ (NP4002).</exception>
    public static void Run(ImmutableArray<byte> elf)
    {
        if (ElfReader.Read(elf, out _)?.Section(".BTF") is not { } section || BtfReader.Read(section.Content, out _) is not { } types)
        {
            throw new CodeGenException(CodeGenDiagnostics.TemplateUnusable, "was compiled without BTF (clang -g)");
        }

        foreach (var layout in Layouts)
        {
            if (types.Find(BtfKind.Struct, layout.Name) is { } type)
            {
                Compare(layout, type);
            }
            else if (layout.IsAlwaysUsed)
            {
                throw Mismatch($"struct {layout.Name}", "is not used", "it");
            }
        }
    }

    private static void Compare(Layout layout, BtfType type)
    {
        if (type.Size != layout.Size)
        {
            throw Mismatch($"struct {layout.Name}", Bytes("has {0} bytes", type.Size), Bytes("{0}", layout.Size));
        }

        foreach (var (member, offset) in layout.Members)
        {
            var found = type.Members.FirstOrDefault(m => string.Equals(m.Name, member, StringComparison.Ordinal));
            if (found.Name is null)
            {
                throw Mismatch($"struct {layout.Name}", $"has no member {member}", Bytes("one at byte {0}", offset));
            }

            if (found.BitOffset != offset * 8)
            {
                throw Mismatch($"member {layout.Name}.{member}", Bytes("is at bit {0}", found.BitOffset), Bytes("bit {0}", offset * 8));
            }
        }

        if (type.Members.Length != layout.Members.Length)
        {
            throw Mismatch(
                $"struct {layout.Name}", Bytes("has {0} members", (uint)type.Members.Length), Bytes("{0}", (uint)layout.Members.Length));
        }
    }

    private static CodeGenException Mismatch(string what, string found, string expected) =>
        new(CodeGenDiagnostics.LayoutMismatch, what, found, expected);

    private static string Bytes(string format, uint number) => string.Format(CultureInfo.InvariantCulture, format, number);

    private sealed record Layout(string Name, uint Size, bool IsAlwaysUsed, params (string Name, uint Offset)[] Members);
}
