using System.Collections.Immutable;
using PolicyCompiler.Core.Bpf;
using PolicyCompiler.Core.Tables;

namespace PolicyCompiler.Kernel.Tests;

/// <summary>Reads what lies in Fixtures/: objects that were compiled ahead, and logs of a real verifier.</summary>
internal static class Fixture
{
    public static BpfObject Object(string name)
    {
        var verdict = new DecisionPlan.Constant(new VerdictWord(VerdictAction.Allow, 64), PlanOrigin.None);
        return new BpfObject(
            name, new ProgramPlan(verdict, verdict, IpCacheShape.None, NodeLocal: false, Enforced: true), [.. Bytes(name + ".bpf.o")], [], []);
    }

    public static string Log(string name) => System.Text.Encoding.UTF8.GetString(Bytes(name + ".log"));

    public static byte[] Bytes(string name)
    {
        using var stream = typeof(Fixture).Assembly.GetManifestResourceStream(name)
            ?? throw new ArgumentException($"no fixture {name}", nameof(name));
        using var copy = new MemoryStream();
        stream.CopyTo(copy);
        return copy.ToArray();
    }

    public static ImmutableArray<byte> Words(params ReadOnlySpan<uint> words) =>
        [.. System.Runtime.InteropServices.MemoryMarshal.AsBytes(words)];
}
