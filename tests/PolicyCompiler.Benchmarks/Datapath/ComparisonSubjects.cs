using System.Buffers.Binary;
using System.Globalization;
using PolicyCompiler.Kernel;

namespace PolicyCompiler.Benchmarks.Datapath;

/// <summary>The programs of bpf/ with the contents that bpf/README.md asks for.</summary>
internal sealed class ComparisonSubjects(string directory, TestRunBuffer run)
{
    // Cilium numbers the identities of CIDRs from here on.
    private const uint FirstCidrIdentity = 1 << 24;

    // struct policy_value and struct ipcache_value of cilium_like.bpf.c
    private const int PolicyValueSize = 12;
    private const int IpCacheValueSize = 28;

    public Subject Floor() => Plain("floor: an empty program", "parse.o", "floor_only");

    public Subject Parse() => Plain("parse only", "parse.o", "parse_only");

    public Subject Lru() => Plain("parse + one LRU conntrack lookup", "lru.o", "lru_lookup");

    /// <summary>One CIDR and one of eight ports a rule.</summary>
    public Subject CiliumLike(string program, string name, int rules)
    {
        var loaded = ComparisonObject.Load(Path.Combine(directory, "cilium_like.o"));
        for (var rule = 0; rule < rules; rule++)
        {
            var identity = FirstCidrIdentity + (uint)rule;
            loaded.Put("ipcache", IpCacheKey(rule), IpCacheValue(identity));
            loaded.Put("policy", PolicyKey(identity, RuleSet.PortOf(rule)), new byte[PolicyValueSize]);
        }

        return new Subject(name, rules, loaded.Program(program), directory, run, loaded);
    }

    public Subject Linear(int rules)
    {
        var loaded = ComparisonObject.Load(Path.Combine(directory, string.Create(CultureInfo.InvariantCulture, $"linear-{rules}.o")));
        const string Prefix = "rules_";
        foreach (var (name, descriptor) in loaded.Programs(Prefix))
        {
            var index = int.Parse(name[Prefix.Length..], CultureInfo.InvariantCulture);
            loaded.Put("chain", BitConverter.GetBytes(index), BitConverter.GetBytes(descriptor));
        }

        return new Subject("Calico-like: a linear chain", rules, loaded.Program("linear"), directory, run, loaded) { IsSlow = rules > 1000 };
    }

    private Subject Plain(string name, string file, string program)
    {
        var loaded = ComparisonObject.Load(Path.Combine(directory, file));
        return new Subject(name, 0, loaded.Program(program), directory, run, loaded);
    }

    private static byte[] IpCacheKey(int rule)
    {
        var key = new byte[24];
        BinaryPrimitives.WriteUInt32LittleEndian(key, 64);
        key[7] = 1;
        RuleSet.Remote(rule).ToBytes().CopyTo(key, 8);
        return key;
    }

    private static byte[] IpCacheValue(uint identity)
    {
        var value = new byte[IpCacheValueSize];
        BinaryPrimitives.WriteUInt32LittleEndian(value, identity);
        return value;
    }

    private static byte[] PolicyKey(uint identity, int port)
    {
        const byte Tcp = 6;
        var key = new byte[12];
        BinaryPrimitives.WriteUInt32LittleEndian(key, 64);
        BinaryPrimitives.WriteUInt32LittleEndian(key.AsSpan(4), identity);
        key[9] = Tcp;
        BinaryPrimitives.WriteUInt16BigEndian(key.AsSpan(10), (ushort)port);
        return key;
    }
}
