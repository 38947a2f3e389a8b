using PolicyCompiler.Core.Connectivity;
using PolicyCompiler.Core.Graph;
using PolicyCompiler.Core.Model;

namespace PolicyCompiler.Core.Exposure;

/// <summary>A set of peers that need not exist yet, or that lie outside the cluster. Two are the same when their texts are.</summary>
public abstract record ExposedTo
{
    private ExposedTo(string kind, string text)
    {
        Kind = kind;
        Text = text;
    }

    /// <summary>The word for programs.</summary>
    public string Kind { get; }

    /// <summary>For people.</summary>
    public string Text { get; }

    public sealed override string ToString() => Text;

    /// <summary>Any pod with any labels, in any namespace that exists or will.</summary>
    public sealed record EntireCluster() : ExposedTo("cluster", "any pod in the cluster");

    /// <summary>Any pod in any namespace that does not exist yet.</summary>
    public sealed record NewNamespaces() : ExposedTo("newNamespaces", "any pod in any new namespace");

    /// <summary>Any pod with any labels in a namespace of the input.</summary>
    public sealed record InNamespace(string Name) : ExposedTo("namespace", $"any pod in namespace {Name}");

    /// <summary>Any pod that a rule's selector matches.</summary>
    public sealed record Matching(EndpointSelector Selector) : ExposedTo("selector", $"new {Selector}")
    {
        public bool Equals(Matching? other) => other is not null && Selector.Equals(other.Selector);

        public override int GetHashCode() => Selector.GetHashCode();
    }

    /// <summary>Addresses that are no pod's.</summary>
    public sealed record Outside(ConnectivityEnd.Addresses Range) : ExposedTo("external", Range.Text);

    /// <summary>Whatever addresses the name service gives for a name of the pattern.</summary>
    public sealed record Named(NamePattern Pattern) : ExposedTo("names", $"addresses of {Pattern}");
}
