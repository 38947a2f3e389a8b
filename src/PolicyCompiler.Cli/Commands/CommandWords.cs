namespace PolicyCompiler.Cli.Commands;

/// <summary>The words of a command line that could not be parsed.</summary>
internal sealed class CommandWords(string[] words)
{
    public bool Has(string option) => words.Contains(option);

    /// <summary>What follows an option, as <c>--name value</c>, <c>--name=value</c> or <c>--name:value</c>; the last one counts.</summary>
    public string? ValueOf(string option)
    {
        string? value = null;
        for (var i = 0; i < words.Length; i++)
        {
            if (words[i] == option && i + 1 < words.Length)
            {
                value = words[++i];
            }
            else if (words[i].StartsWith(option, StringComparison.Ordinal) && words[i].Length > option.Length + 1 && words[i][option.Length] is ('=' or ':'))
            {
                value = words[i][(option.Length + 1)..];
            }
        }

        return value;
    }
}
