using System.Collections.Immutable;
using PolicyCompiler.Core.Connectivity;
using PolicyCompiler.Core.Graph;
using PolicyCompiler.Core.Tables;

namespace PolicyCompiler.Core.Exposure;

/// <summary>
/// Tables -> what is open to pods and namespaces that do not exist yet, and to the outside. For pods the rule graph is
/// asked: every kind of pod that the selectors can tell apart is put into it and evaluated, so that what is said of all pods
/// was found of each kind. For addresses the tables are read.
/// </summary>
public static class ExposureBuilder
{
    private static readonly Direction[] Order = [Direction.Egress, Direction.Ingress];

    /// <param name="tables">What the report was made from.</param>
    /// <param name="report">Its ends are what is looked at.</param>
    public static ExposureReport Build(PolicyTables tables, ConnectivityReport report)
    {
        var graph = tables.Graph;
        var subjects = new Dictionary<string, (ExposureSubject Subject, IReadOnlyList<PotentialPod>? Pods)>(StringComparer.Ordinal);
        var potential = new PotentialPods(graph);
        var keys = graph.Cluster.Endpoints.Where(e => !e.IsNode).ToLookup(
            e => ConnectivityEnd.Of(e, report.Options.Level),
            e => Order.Select(d =>
            {
                var key = ExposureSubject.KeyOf(graph, e, d);
                if (!subjects.ContainsKey(key))
                {
                    var subject = ExposureSubject.Of(graph, e, d);
                    subjects.Add(key, (subject, potential.Of(subject.Peers)));
                }

                return key;
            }).ToArray());
        var evaluator = new PotentialPodEvaluator(graph);
        evaluator.Add(subjects.Values.SelectMany(s => s.Pods ?? []));
        var names = new NameExposure(evaluator, new OutsideAddresses(tables));
        var told = subjects.Where(s => s.Value.Pods is not null).ToDictionary(
            s => s.Key, s => SubjectExposure.Of(s.Value.Subject, s.Value.Pods!, evaluator, names, report.Options.Ports), StringComparer.Ordinal);
        var rows = ImmutableArray.CreateBuilder<ExposureRow>();
        var skipped = ImmutableArray.CreateBuilder<ConnectivityEnd>();
        for (var i = 0; i < report.Ends.Length; i++)
        {
            var end = report.Ends[i];
            var ofEnd = keys[end].ToList();
            if (ofEnd.SelectMany(k => k).Any(k => !told.ContainsKey(k)))
            {
                skipped.Add(end);
            }

            for (var d = 0; d < Order.Length; d++)
            {
                var exposures = ofEnd.Select(k => k[d]).Distinct().Where(told.ContainsKey).Select(k => told[k]).ToList();
                if (exposures.Count > 0)
                {
                    rows.AddRange(SubjectExposure.RowsOf(exposures, end, Order[d]));
                }

                var isolated = ofEnd.Exists(k => subjects[k[d]].Subject.IsIsolated);
                rows.AddRange(report.Matrix.External(report.Matrix.GroupOf[i], Order[d]).Select(o => new ExposureRow(
                    end, Order[d], new ExposedTo.Outside(o.Range), o.Ports, o.Ports, [], RulesOf(tables, o.Decided), isolated)));
            }
        }

        return new ExposureReport(rows.ToImmutable(), skipped.ToImmutable());
    }

    private static ImmutableArray<RuleId> RulesOf(PolicyTables tables, ImmutableArray<DecidedPorts> decided) =>
        [.. decided.Select(d => tables.Decision(d.Decision)?.Rule).OfType<RuleId>().Distinct().OrderBy(r => r.Value)];
}
