using YamlDotNet.Core;
using YamlDotNet.Core.Events;

namespace PolicyCompiler.Frontend.Yaml;

/// <summary>
/// The library's parser, with all its failures as <see cref="YamlException"/>: on some malformed texts its scanner
/// breaks one of its own invariants and throws InvalidOperationException or worse, without a position.
/// </summary>
internal sealed class FailSafeParser : IParser
{
    private readonly Scanner _scanner;
    private readonly Parser _parser;

    public FailSafeParser(string text)
    {
        _scanner = new Scanner(new StringReader(text));
        _parser = new Parser(_scanner);
    }

    public ParsingEvent? Current => _parser.Current;

    public bool MoveNext()
    {
        try
        {
            return _parser.MoveNext();
        }
        catch (Exception e) when (e is not YamlException)
        {
            var place = _scanner.CurrentPosition;
            throw new YamlException(place, place, "Text that no YAML construct can begin with or continue", e);
        }
    }
}
