using System.Collections.Immutable;
using PolicyCompiler.Core.Diagnostics;

namespace PolicyCompiler.Core.Model.L7;

/// <summary>What a proxy must check of the connections of a rule: one of the sorts that policies know.</summary>
/// <param name="Span">The <c>rules</c> field.</param>
public abstract record L7Rules(SourceSpan Span)
{
    /// <summary>HTTP requests, any of which a rule allows; no rule at all allows all of HTTP.</summary>
    public sealed record Http(ImmutableArray<HttpRule> Rules, SourceSpan Span) : L7Rules(Span);

    /// <summary>Names that may be asked for; no name at all allows all.</summary>
    public sealed record Dns(ImmutableArray<NamePattern> Names, SourceSpan Span) : L7Rules(Span);

    public sealed record Kafka(ImmutableArray<KafkaRule> Rules, SourceSpan Span) : L7Rules(Span);

    /// <summary>A parser of the proxy's own (<c>l7proto</c>) with its key-value rules (<c>l7</c>).</summary>
    public sealed record Generic(string Protocol, ImmutableArray<LabelSet> Rules, SourceSpan Span) : L7Rules(Span);
}
