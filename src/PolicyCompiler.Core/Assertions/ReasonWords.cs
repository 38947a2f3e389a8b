using PolicyCompiler.Core.Semantics;

namespace PolicyCompiler.Core.Assertions;

/// <summary>The words for decisions that no rule makes.</summary>
public static class ReasonWords
{
    private static readonly (string Word, DecisionReason Reason)[] Words =
    [
        ("default-deny", DecisionReason.DefaultDeny),
        ("not-isolated", DecisionReason.NotIsolated),
        ("node-local", DecisionReason.NodeLocal),
        ("loopback", DecisionReason.Loopback),
        ("not-enforced", DecisionReason.NotAnEndpoint),
    ];

    public static IReadOnlyList<string> All { get; } = [.. Words.Select(w => w.Word)];

    public static bool TryParse(string text, out DecisionReason reason)
    {
        var index = Array.FindIndex(Words, w => w.Word == text);
        reason = index < 0 ? default : Words[index].Reason;
        return index >= 0;
    }

    /// <summary>Null for <see cref="DecisionReason.Rule"/>.</summary>
    public static string? Of(DecisionReason reason) => Array.Find(Words, w => w.Reason == reason).Word;
}
