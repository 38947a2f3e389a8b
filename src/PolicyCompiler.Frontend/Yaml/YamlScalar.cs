using PolicyCompiler.Core.Diagnostics;

namespace PolicyCompiler.Frontend.Yaml;

/// <summary>A scalar. Its type is looked at only when a reader asks, for most scalars of an input are never read.</summary>
/// <param name="span">Where it is.</param>
/// <param name="text">Its content, unquoted and unescaped.</param>
/// <param name="isPlain">False for quoted, block and <c>!!str</c> scalars, which are strings whatever they look like.</param>
internal sealed class YamlScalar(SourceSpan span, string text, bool isPlain) : YamlNode(span)
{
    public string Text { get; } = text;

    public bool IsPlain { get; } = isPlain;

    public ScalarKind Kind => IsPlain ? ScalarResolver.Resolve(Text, out _) : ScalarKind.String;

    public override string Description => Kind switch
    {
        ScalarKind.Null => "nothing",
        ScalarKind.Boolean => $"the boolean {Text}",
        ScalarKind.Integer or ScalarKind.Float => $"the number {Text}",
        _ => $"the text \"{Quote.Shorten(Text)}\"",
    };

    /// <summary>Saturates: a number beyond 64 bits is out of every range that matters here.</summary>
    public bool TryGetInteger(out long value)
    {
        value = 0;
        return IsPlain && ScalarResolver.Resolve(Text, out value) == ScalarKind.Integer;
    }

    public bool TryGetBoolean(out bool value)
    {
        value = IsPlain && ScalarResolver.IsTrue(Text);
        return Kind == ScalarKind.Boolean;
    }
}
