namespace PolicyCompiler.Pipeline;

/// <summary>The stages of a compile, in order.</summary>
public enum CompileStage
{
    Graph,
    Tables,
    Objects,
    Verification,
}
