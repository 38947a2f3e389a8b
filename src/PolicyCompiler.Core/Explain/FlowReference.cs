using PolicyCompiler.Core.Model;

namespace PolicyCompiler.Core.Explain;

/// <summary>One end of a flow as a user names it.</summary>
public abstract record FlowReference
{
    private FlowReference()
    {
    }

    /// <summary><c>namespace/name</c> of a pod or workload.</summary>
    public sealed record Endpoint(string Namespace, string Name) : FlowReference;

    /// <summary><c>ip:ADDRESS</c>.</summary>
    public sealed record Address(IpAddress Value) : FlowReference;

    /// <returns>Null when the text has none of the forms.</returns>
    public static FlowReference? Parse(string text)
    {
        if (text.StartsWith("ip:", StringComparison.Ordinal))
        {
            return IpAddress.TryParse(text[3..], out var address) ? new Address(address) : null;
        }

        var parts = text.Split('/');
        return parts is [{ Length: > 0 } ns, { Length: > 0 } name] ? new Endpoint(ns, name) : null;
    }
}
