using PolicyCompiler.Core.Names;
using PolicyCompiler.Core.Tables;

namespace PolicyCompiler.Pipeline.Bundles;

/// <summary>
/// The table from names to identities, which an agent fills the ipcache by as it sees DNS answers: the patterns that match
/// the names of an address pick the class, the identity that the address has without names picks the identity in it.
/// </summary>
internal static class NameDocuments
{
    public static byte[] Names(PolicyTables tables) => JsonText.Write(json =>
    {
        var identities = tables.Identities;
        json.WriteObjects("patterns", identities.NamePatterns, pattern =>
        {
            json.WriteString("text", pattern.Text);
            json.WriteBoolean("pattern", pattern.IsPattern);
            json.WriteString("regex", NamePatternRegex.Of(pattern));
        });
        json.WriteBoolean("closed", identities.NameClasses.IsClosed);
        var bases = identities.Identities.Where(i => i.Kind is IdentityKind.World or IdentityKind.Cidr).Skip(1)
            .ToDictionary(i => $"{i.Family} {string.Join(',', i.Blocks)}", i => i.Index, StringComparer.Ordinal);
        var byClass = identities.Identities.Where(i => i.Kind == IdentityKind.Name).ToLookup(i => string.Join(',', i.Names), StringComparer.Ordinal);
        json.WriteObjects("classes", identities.NameClasses.Classes, item =>
        {
            json.WriteArray("patterns", item.Patterns, json.WriteNumberValue);
            json.WriteStrings("examples", item.Examples);
            json.WriteObjects("identities", byClass[string.Join(',', item.Patterns)], identity =>
            {
                json.WriteNumber("without", bases[$"{identity.Family} {string.Join(',', identity.Blocks)}"]);
                json.WriteNumber("index", identity.Index);
                json.WriteNumber("number", identity.Number);
            });
        });
    });
}
