namespace PolicyCompiler.Core.Model.L7;

/// <summary>What a proxy does with a request whose header does not match; the request is allowed.</summary>
public enum HeaderMismatch
{
    Log,
    Add,
    Delete,
    Replace,
}
