using System.Collections.Immutable;
using System.Text.Json;
using PolicyCompiler.Cli.Rendering;
using PolicyCompiler.Core.Diff;
using PolicyCompiler.Core.Graph;
using PolicyCompiler.Pipeline.Bundles;

namespace PolicyCompiler.Cli.Report;

/// <summary>
/// What the page knows, as JSON. Sources and destinations stay sets, each written once: their product would be millions of
/// pairs.
/// </summary>
internal sealed class DiffData(DiffListing listing, ImmutableArray<NamedSide> sides)
{
    private readonly DiffEndTable _ends = new(listing.Differences);
    private readonly Interned<PortKeySet> _ports = new();
    private readonly Interned<Decided> _decisions = new();
    private readonly Interned<RuleReference> _rules = new();
    private readonly Interned<string> _policies = new();
    private readonly Interned<AllowListEntry> _entries = new();

    public byte[] ToJson() => DataArrays.Document(Write);

    private void Write(Utf8JsonWriter json)
    {
        json.WriteStrings("sides", sides.Select(s => s.Name));
        json.WriteStrings("explain", sides.Select(s => s.Explain));
        json.WriteNumber("classes", listing.Report.EndClasses);
        json.WriteNumber("workloads", listing.Report.Workloads);
        json.WriteStrings("gaps", listing.Report.Gaps);
        json.WriteStrings("kinds", Enum.GetValues<ChangeKind>().Select(k => k.Word()));
        json.WriteRows("differences", listing.Differences, item => WriteDifference(json, item));
        _ends.Write(json);
        json.WriteStrings("ports", _ports.Items);
        json.WriteRows("entries", _entries.Items, entry =>
        {
            json.WriteStringValue(entry.Reason);
            json.WriteStringValue(entry.Span.ToString());
        });
        json.WriteRows("decisions", _decisions.Items, decided =>
        {
            json.WriteStringValue(DiffListing.Describe(decided.Decision));
            foreach (var rule in decided.Decision?.Rules ?? [])
            {
                json.WriteNumberValue(_rules.IndexOf(rule));
            }
        });
        json.WriteRows("rules", _rules.Items, rule => json.WriteRule(_policies.IndexOf($"{rule.PolicyKind} {rule.Policy}"), rule.Place, rule.Span));
        json.WriteStrings("policies", _policies.Items);
    }

    private void WriteDifference(Utf8JsonWriter json, ToleratedDifference item)
    {
        var difference = item.Difference;
        var (before, after) = DiffListing.Effects(difference);
        json.WriteNumberValue((int)difference.Kind);
        WriteFlows(json, difference.Sources, difference.Destinations, difference.Ports);
        json.WriteStringValue(difference.Family?.ToString());
        json.WriteStringValue(before);
        json.WriteStringValue(after);
        json.WriteRow(difference.Before.RequestsBeyond(difference.After));
        json.WriteRow(difference.After.RequestsBeyond(difference.Before));
        json.WriteRow(() =>
        {
            foreach (var side in difference.Sides)
            {
                json.WriteStringValue(side.Direction.Word());
                json.WriteNumberValue(_decisions.IndexOf(new Decided(side.Before)));
                json.WriteNumberValue(_decisions.IndexOf(new Decided(side.After)));
            }
        });
        json.WriteRow(() => WriteWitness(json, difference));
        json.WriteBooleanValue(item.IsTolerated);
        json.WriteRow(() =>
        {
            foreach (var entry in item.By)
            {
                json.WriteNumberValue(_entries.IndexOf(entry));
            }
        });
        json.WriteRow(() =>
        {
            foreach (var box in item.By.IsEmpty ? [] : item.Left)
            {
                WriteFlows(json, box.Sources, box.Destinations, box.Ports);
            }
        });
    }

    private void WriteFlows(Utf8JsonWriter json, ImmutableArray<DiffEnd> sources, ImmutableArray<DiffEnd> destinations, PortKeySet ports)
    {
        json.WriteNumberValue(_ends.SetOf(sources));
        json.WriteNumberValue(_ends.SetOf(destinations));
        json.WriteNumberValue(_ports.IndexOf(ports));
    }

    /// <summary>The flow as it is read, and the options that <c>policyc explain</c> takes for it; none where it has no words for an end.</summary>
    private static void WriteWitness(Utf8JsonWriter json, Difference difference)
    {
        var witness = difference.Witness;
        json.WriteStringValue(ExplainHint.Named(witness).ToString());
        if (ExplainHint.Of(witness, difference.Family) is { } options)
        {
            json.WriteStringValue(options);
        }
    }

    /// <summary>No decision is one too: no policy applies there.</summary>
    private readonly record struct Decided(PolicyDecision? Decision);
}
