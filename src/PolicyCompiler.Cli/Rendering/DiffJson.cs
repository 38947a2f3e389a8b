using System.Text.Json;
using PolicyCompiler.Cli.Report;
using PolicyCompiler.Core.Diff;
using PolicyCompiler.Core.Graph;
using PolicyCompiler.Core.Model;
using PolicyCompiler.Pipeline.Bundles;

namespace PolicyCompiler.Cli.Rendering;

/// <summary>The answer of <c>policyc diff --format json</c> (docs/diff.md).</summary>
internal static class DiffJson
{
    public static void Write(DiffListing listing, Stream output) => output.Write(JsonText.Write(json => WriteMembers(json, listing)));

    public static void WriteMembers(Utf8JsonWriter json, DiffListing listing)
    {
        json.WriteStartObject("summary");
        foreach (var kind in Enum.GetValues<ChangeKind>())
        {
            json.WriteNumber(kind.Word(), listing.Differences.Count(d => d.Difference.Kind == kind));
        }

        json.WriteNumber("tolerated", listing.Differences.Count(d => d.IsTolerated));
        json.WriteNumber("classes", listing.Report.EndClasses);
        json.WriteNumber("workloads", listing.Report.Workloads);
        json.WriteBoolean("complete", listing.Report.Gaps.IsEmpty);
        json.WriteString("text", listing.Summary);
        json.WriteEndObject();
        json.WriteObjects("differences", listing.Differences, item => WriteDifference(json, item));
    }

    private static void WriteDifference(Utf8JsonWriter json, ToleratedDifference item)
    {
        var difference = item.Difference;
        var (before, after) = DiffListing.Effects(difference);
        json.WriteString("change", difference.Kind.Word());
        json.WriteStrings("sources", difference.Sources);
        json.WriteStrings("destinations", difference.Destinations);
        json.WriteString("ports", difference.Ports.ToString());
        json.WriteString("family", difference.Family?.ToString());
        json.WriteString("before", before);
        json.WriteString("after", after);
        json.WriteStrings("requestsOnlyBefore", difference.Before.RequestsBeyond(difference.After));
        json.WriteStrings("requestsOnlyAfter", difference.After.RequestsBeyond(difference.Before));
        json.WriteObjects("sides", difference.Sides, side =>
        {
            json.WriteString("direction", side.Direction.Word());
            WriteDecision(json, "before", side.Before);
            WriteDecision(json, "after", side.After);
        });
        var witness = ExplainHint.Named(difference.Witness);
        json.WriteStartObject("flow");
        json.WriteString("from", witness.Source);
        json.WriteString("to", witness.Destination);
        json.WriteString("protocol", witness.Protocol.Name());
        json.WriteNumber("port", witness.Port);
        json.WriteString("family", witness.Family.ToString());
        json.WriteEndObject();
        json.WriteBoolean("tolerated", item.IsTolerated);
        json.WriteStrings("reasons", item.By.Select(e => e.Reason).Distinct());
    }

    private static void WriteDecision(Utf8JsonWriter json, string name, PolicyDecision? decision)
    {
        json.WriteStartObject(name);
        json.WriteString("decision", DiffListing.Describe(decision));
        json.WriteObjects("rules", decision?.Rules ?? [], rule =>
        {
            json.WriteString("policyKind", rule.PolicyKind);
            json.WriteString("policy", rule.Policy);
            json.WriteString("rule", rule.Place);
            json.WriteString("file", rule.Span.Source?.Path);
            json.WriteNumber("line", rule.Span.Line);
        });
        json.WriteEndObject();
    }
}
