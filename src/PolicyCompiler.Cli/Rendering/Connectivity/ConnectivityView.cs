using PolicyCompiler.Core.Connectivity;
using PolicyCompiler.Core.Exposure;
using PolicyCompiler.Core.Graph;
using PolicyCompiler.Core.Model;
using PolicyCompiler.Core.Tables;

namespace PolicyCompiler.Cli.Rendering.Connectivity;

/// <summary>What <c>policyc connectivity</c> was asked for.</summary>
/// <param name="Tables">What the report was made from.</param>
/// <param name="Report">Who may talk to whom.</param>
/// <param name="Focus">The part that is shown; null: all.</param>
internal sealed record ConnectivityView(PolicyTables Tables, ConnectivityReport Report, ConnectivityFocus? Focus)
{
    public bool WithServices { get; init; }

    /// <summary>Whether each row names the rules that open it.</summary>
    public bool WithRules { get; init; }

    /// <summary>What is open to whom does not exist yet; null: not asked for.</summary>
    public ExposureReport? Exposure { get; init; }

    /// <summary>Names the rules behind decisions.</summary>
    public DecisionText Decisions { get; } = new(Tables);

    public IEnumerable<ConnectivityRow> Rows => Focus is null ? Report.Rows : Report.Rows.Where(Focus.Shows);

    public IEnumerable<ServiceConnectivityRow> Services => !WithServices ? []
        : Focus is null ? Report.Services
        : Report.Services.Where(Focus.Shows);

    public IEnumerable<ExposureRow> Exposures => Exposure is null ? []
        : Focus is null ? Exposure.Rows
        : Exposure.Rows.Where(r => Focus.Shows(r.End, r.Direction));

    /// <summary>What has no row because no address of a name is known; what is open to names is told by exposure.</summary>
    public IEnumerable<(ConnectivityEnd Source, NamePattern Name)> Unresolved => Exposure is not null ? []
        : Focus is null ? Report.Unresolved
        : Report.Unresolved.Where(u => Focus.Shows(u.Source, Direction.Egress));

    /// <summary>How many ends the report is about, in words.</summary>
    public string EndsWord => Report.Options.Level switch
    {
        ConnectivityLevel.Pod => "pod",
        ConnectivityLevel.Namespace => "namespace",
        _ => "workload",
    };

    public static string Name(Direction direction) => direction == Direction.Ingress ? "ingress" : "egress";
}
