namespace PolicyCompiler.Core.Model.Cilium;

/// <summary>authentication.mode. Ordered: a later mode is stricter.</summary>
public enum AuthenticationMode
{
    Disabled,
    Required,
    TestAlwaysFail,
}
