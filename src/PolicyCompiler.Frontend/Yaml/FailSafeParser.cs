using YamlDotNet.Core;
using YamlDotNet.Core.Events;

namespace PolicyCompiler.Frontend.Yaml;

/// <summary>
/// The library's parser, with all its failures as <see cref="YamlException"/> with a position: on some malformed texts
/// its scanner breaks one of its own invariants and throws InvalidOperationException or worse, and for a tab as
/// indentation it names the start of the text.
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
        catch (YamlException e) when (e.Start.Index > 0 || e.End.Index > 0 || _scanner.CurrentPosition.Index == 0)
        {
            throw;
        }
        catch (Exception e)
        {
            var reason = e is YamlException ? e.Message : "Text that no YAML construct can begin with or continue";
            throw new YamlException(_scanner.CurrentPosition, _scanner.CurrentPosition, reason, e);
        }
    }
}
