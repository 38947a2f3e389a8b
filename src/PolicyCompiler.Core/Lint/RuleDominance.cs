
namespace PolicyCompiler.Core.Lint;

/// <summary>How a rule makes another one needless where both match.</summary>
internal enum RuleDominance
{
    None,

    /// <summary>It says the same.</summary>
    Same,

    /// <summary>It is asked first and decides.</summary>
    Stronger,
}
