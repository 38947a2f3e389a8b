namespace PolicyCompiler.Core.Diagnostics;

/// <summary>One input text.</summary>
/// <param name="Path">How the user named it; findings print this.</param>
/// <param name="LogicalPath">
/// Relative to the input it was found under, with '/' separators. Everything that ends in a bundle uses this one,
/// so that the bundle's bytes do not depend on where the checkout lies.
/// </param>
/// <param name="Text">The text, decoded.</param>
public sealed record SourceText(string Path, string LogicalPath, string Text);
