using System.Text;
using System.Text.Json;

namespace PolicyCompiler.Pipeline.Inputs;

/// <summary>Lines and columns of JSON tokens, asked for in the order of the text.</summary>
internal sealed class Utf8Place(byte[] text)
{
    private int _line = 1;
    private int _lineStart;

    /// <returns>1-based line and column, and the length up to the end of the token, in UTF-16 units.</returns>
    public (int Line, int Column, int Length) Of(in Utf8JsonReader reader)
    {
        var start = (int)reader.TokenStartIndex;
        for (int end; (end = Array.IndexOf(text, (byte)'\n', _lineStart, start - _lineStart)) >= 0; _lineStart = end + 1)
        {
            _line++;
        }

        // A string token starts at its quote but its value has none; other tokens are as long as their value.
        var quotes = reader.TokenType is JsonTokenType.String or JsonTokenType.PropertyName ? 2 : 0;
        var length = Encoding.UTF8.GetCharCount(reader.ValueSpan) + quotes;
        return (_line, Encoding.UTF8.GetCharCount(text, _lineStart, start - _lineStart) + 1, length);
    }

    /// <summary>The place that a JSON error gives as a 0-based line and a byte in it.</summary>
    public static (int Line, int Column) Of(ReadOnlySpan<byte> text, int line, int byteInLine)
    {
        for (var i = 0; i < line; i++)
        {
            text = text[(text.IndexOf((byte)'\n') + 1)..];
        }

        return (line + 1, Encoding.UTF8.GetCharCount(text[..Math.Min(byteInLine, text.Length)]) + 1);
    }
}
