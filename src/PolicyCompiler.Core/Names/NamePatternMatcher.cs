using PolicyCompiler.Core.Model;

namespace PolicyCompiler.Core.Names;

public static class NamePatternMatcher
{
    public static bool Matches(NamePattern pattern, string name) => pattern.Text == name;
}
