using System.Buffers.Binary;
using System.Globalization;
using System.Text;
using System.Text.Json;
using PolicyCompiler.Core.Bpf;
using PolicyCompiler.Core.Model;
using PolicyCompiler.Core.Tables;
using PolicyCompiler.Pipeline.Bundles;

namespace PolicyCompiler.Cli.Rendering;

/// <summary>The tables of a bundle as text, read from its files alone: what an agent would load.</summary>
internal static class BundleText
{
    public static string Write(EnforcementBundle bundle)
    {
        var text = new StringBuilder();
        var outcome = bundle.Verification.GetProperty("outcome").GetString();
        text.Append(CultureInfo.InvariantCulture, $"# bundle by {bundle.Manifest.GetProperty("tool").GetString()}, {bundle.Manifest.GetProperty("codeGenerator").GetString()}\n");
        text.Append(outcome == "accepted"
            ? $"accepted by the verifier of Linux {bundle.Verification.GetProperty("kernel").GetString()}\n"
            : $"NOT VERIFIED ({outcome}): no kernel has accepted these programs\n");

        text.Append("\n# identities\n");
        foreach (var identity in bundle.Identities.GetProperty("identities").EnumerateArray())
        {
            text.Append(CultureInfo.InvariantCulture, $"{identity.GetProperty("index").GetInt32()} (number {identity.GetProperty("number").GetUInt32()}): {identity.GetProperty("kind").GetString()}");
            foreach (var member in identity.EnumerateObject().Skip(3))
            {
                text.Append(CultureInfo.InvariantCulture, $" {member.Name}={member.Value.ToString().ReplaceLineEndings("").Replace("  ", "", StringComparison.Ordinal)}");
            }

            text.Append('\n');
        }

        text.Append("\n# ipcache\n");
        foreach (var map in bundle.Maps.Where(m => !m.Keys.IsEmpty && m.ValueSize == sizeof(uint)))
        {
            for (var i = 0; i < map.Count; i++)
            {
                var key = map.Keys.AsSpan().Slice(i * map.KeySize, map.KeySize);
                text.Append(CultureInfo.InvariantCulture, $"{map.Name}: {Address(key)} -> {Word(map.Values.AsSpan(), i)}\n");
            }
        }

        WritePolicies(bundle, text);
        return text.ToString();
    }

    private static void WritePolicies(EnforcementBundle bundle, StringBuilder text)
    {
        var decisions = bundle.Decisions.GetProperty("decisions").EnumerateArray().ToDictionary(d => d.GetProperty("id").GetInt32(), Describe);
        var policies = bundle.Endpoints.GetProperty("policies").EnumerateArray().ToList();
        var endpoints = bundle.Endpoints.GetProperty("endpoints").EnumerateArray().ToLookup(e => e.GetProperty("policy").GetInt32());
        var tables = new BundleTables(bundle, id => decisions.GetValueOrDefault(id, "unknown"));
        foreach (var policy in policies)
        {
            var names = endpoints[policy.GetProperty("index").GetInt32()].Select(e => $"{e.GetProperty("namespace").GetString()}/{e.GetProperty("name").GetString()}");
            text.Append(CultureInfo.InvariantCulture, $"\n# endpoint policy {policy.GetProperty("index").GetInt32()}: {policy.GetProperty("object").GetString()}: {string.Join(' ', names)}\n");
            foreach (var direction in new[] { "ingress", "egress" })
            {
                var side = policy.GetProperty(direction);
                text.Append(CultureInfo.InvariantCulture, $"{direction}: {(side.GetProperty("isolated").GetBoolean() ? "isolated" : "not isolated")}, ");
                text.Append(CultureInfo.InvariantCulture, $"identity root page {side.GetProperty("identityRoot").GetUInt32()}, port root page {side.GetProperty("portRoot").GetUInt32()}, direction policy {side.GetProperty("directionPolicy").GetInt32()}\n");
            }
        }

        foreach (var side in policies.SelectMany(p => new[] { p.GetProperty("ingress"), p.GetProperty("egress") })
            .DistinctBy(s => s.GetProperty("directionPolicy").GetInt32()).OrderBy(s => s.GetProperty("directionPolicy").GetInt32()))
        {
            text.Append(CultureInfo.InvariantCulture, $"\n# direction policy {side.GetProperty("directionPolicy").GetInt32()}\n");
            tables.Write(side, text);
        }

        text.Append("\n# decisions\n");
        foreach (var (id, description) in decisions)
        {
            text.Append(CultureInfo.InvariantCulture, $"{id}: {description}\n");
        }

        var pages = bundle.Maps.Single(m => m.Name == MapContentsBuilder.Pages);
        text.Append(CultureInfo.InvariantCulture, $"\n# pages: {pages.Count} of {pages.ValueSize} bytes\n");
        for (var page = 0; page < pages.Count; page++)
        {
            var words = Enumerable.Range(0, PolicyTables.PageSlots).Select(slot => Word(pages.Values.AsSpan(), (page * PolicyTables.PageSlots) + slot)).ToList();
            var runs = words.Select((word, slot) => (word, slot)).Skip(1).Where(x => x.word != words[0]).Select(x => $"{x.slot}={Meaning(x.word)}");
            text.Append(string.Create(CultureInfo.InvariantCulture, $"{page}: {Meaning(words[0])} {string.Join(' ', runs)}").TrimEnd()).Append('\n');
        }
    }

    /// <summary>Words with an action are verdict words; the others are page numbers and columns.</summary>
    private static string Meaning(uint word) => new VerdictWord(word) is { Action: not VerdictAction.Drop } verdict
        ? verdict.ToString() : word.ToString(CultureInfo.InvariantCulture);

    private static string Describe(JsonElement decision)
    {
        var text = $"{decision.GetProperty("action").GetString()} {decision.GetProperty("direction").GetString()}: {decision.GetProperty("kind").GetString()}";
        return decision.TryGetProperty("rule", out var rule)
            ? $"{text} {decision.GetProperty("policyKind").GetString()} {decision.GetProperty("policyNamespace").GetString()}/{decision.GetProperty("policy").GetString()} {rule.GetString()} ({decision.GetProperty("file").GetString()}:{decision.GetProperty("line").GetInt32()})"
            : decision.TryGetProperty("isolatedBy", out var by)
            ? $"{text} of {string.Join(", ", by.EnumerateArray().Select(p => $"{p.GetProperty("policyNamespace").GetString()}/{p.GetProperty("policy").GetString()}"))}"
            : text;
    }

    private static string Address(ReadOnlySpan<byte> key) => key.Length is 8 or 20
        ? new IpPrefix(IpAddress.FromBytes(key[4..]), BinaryPrimitives.ReadInt32LittleEndian(key)).ToString()
        : IpAddress.FromBytes(key).ToString();

    private static uint Word(ReadOnlySpan<byte> values, int index) => BinaryPrimitives.ReadUInt32LittleEndian(values[(index * 4)..]);
}
