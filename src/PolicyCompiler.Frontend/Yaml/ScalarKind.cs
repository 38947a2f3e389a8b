namespace PolicyCompiler.Frontend.Yaml;

internal enum ScalarKind
{
    String,
    Null,
    Boolean,
    Integer,
    Float,
}
