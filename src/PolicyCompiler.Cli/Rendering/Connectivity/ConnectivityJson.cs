using System.Text.Json;
using PolicyCompiler.Core.Connectivity;
using PolicyCompiler.Core.Exposure;
using PolicyCompiler.Core.Graph;
using PolicyCompiler.Pipeline.Bundles;

namespace PolicyCompiler.Cli.Rendering.Connectivity;

/// <summary>For programs. A row has three members, and the rules when they are asked for.</summary>
internal static class ConnectivityJson
{
    private const int FlushBytes = 1 << 16;

    public static void Write(ConnectivityView view, Stream output) => JsonText.Write(output, json =>
    {
        json.WriteObjects("connections", view.Rows, row =>
        {
            json.WriteString("src", row.Source.Text);
            json.WriteString("dst", row.Destination.Text);
            json.WriteString("conn", row.Ports.ToString());
            if (view.WithRules)
            {
                WriteSide(json, "egress", view.Decisions, row.Deciding(Direction.Egress));
                WriteSide(json, "ingress", view.Decisions, row.Deciding(Direction.Ingress));
            }

            FlushWhenLong(json);
        });
        if (view.Unresolved.Any())
        {
            json.WriteObjects("unresolved", view.Unresolved, name =>
            {
                json.WriteString("src", name.Source.Text);
                json.WriteString("dst", name.Name.Text);
                FlushWhenLong(json);
            });
        }

        if (view.WithServices)
        {
            json.WriteObjects("services", view.Services, row =>
            {
                json.WriteString("src", row.Source.Text);
                json.WriteString("dst", row.Service.Text);
                json.WriteString("conn", row.Ports.ToString());
                json.WriteString("partly", row.Partly.ToString());
                FlushWhenLong(json);
            });
        }

        if (view.Exposure is not null)
        {
            json.WriteObjects("exposure", view.Exposures, row =>
            {
                WriteExposure(json, row, view.WithRules ? view : null);
                FlushWhenLong(json);
            });
        }
    });

    private static void WriteExposure(Utf8JsonWriter json, ExposureRow row, ConnectivityView? withRules)
    {
        json.WriteString("workload", row.End.Text);
        json.WriteString("direction", ConnectivityView.Name(row.Direction));
        json.WriteString("kind", row.Peers.Kind);
        json.WriteString("peers", row.Peers.Text);
        json.WriteString("conn", row.Ports.ToString());
        json.WriteString("some", row.Some.ToString());
        json.WriteStrings("names", row.Names);
        json.WriteBoolean("isolated", row.IsIsolated);
        if (withRules is not null)
        {
            json.WriteObjects("rules", row.Rules, rule => WriteRule(json, withRules.Decisions, withRules.Tables.Graph.Rules[rule.Value]));
        }
    }

    private static void WriteSide(Utf8JsonWriter json, string name, DecisionText decisions, IEnumerable<DecidedPorts> deciding) =>
        json.WriteObjects(name, deciding, decided =>
        {
            json.WriteString("conn", decided.Ports.ToString());
            var rules = decisions.RulesOf(decided.Decision).ToList();
            if (rules.Count == 0)
            {
                json.WriteString("reason", decisions.ReasonOf(decided.Decision));
                return;
            }

            if (decisions.ActionOf(decided.Decision) is { Length: > 0 } action)
            {
                json.WriteString("action", action);
            }

            json.WriteObjects("rules", rules, rule => WriteRule(json, decisions, rule));
        });

    public static void WriteRule(Utf8JsonWriter json, DecisionText decisions, Rule rule)
    {
        json.WriteString("policy", decisions.PolicyOf(rule).Reference);
        json.WriteString("policyKind", decisions.PolicyOf(rule).Kind);
        json.WriteString("rule", rule.Place);
        json.WriteString("file", rule.Span.Source?.Path);
        json.WriteNumber("line", rule.Span.Line);
    }

    private static void FlushWhenLong(Utf8JsonWriter json)
    {
        if (json.BytesPending > FlushBytes)
        {
            json.Flush();
        }
    }
}
