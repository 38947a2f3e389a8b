using System.Globalization;

namespace PolicyCompiler.Frontend.Tests;

/// <summary>A text with a <c>§</c> before each place that must be reported, and the codes in the order of the places.</summary>
public sealed record FindingCase(string Codes, string MarkedText)
{
    public const char Marker = '§';

    public string Text => MarkedText.Replace("§", "", StringComparison.Ordinal);

    /// <summary>Lines <c>CODE line:column</c>.</summary>
    public string Expected
    {
        get
        {
            var (line, column, next) = (1, 1, 0);
            var codes = Codes.Split(' ');
            var expected = new List<string>();
            foreach (var c in MarkedText)
            {
                if (c == Marker)
                {
                    expected.Add(string.Create(CultureInfo.InvariantCulture, $"{codes[next++]} {line}:{column}"));
                    continue;
                }

                (line, column) = c == '\n' ? (line + 1, 1) : (line, column + 1);
            }

            Assert.Equal(codes.Length, next);
            return string.Join('\n', expected);
        }
    }
}
