namespace PolicyCompiler.Core.Model;

/// <summary>Policies are decided tier by tier; within a tier by priority, then in canonical order.</summary>
public enum Tier
{
    Admin,
    Normal,
    Baseline,
}
