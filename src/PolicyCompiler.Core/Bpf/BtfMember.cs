namespace PolicyCompiler.Core.Bpf;

/// <summary>A member of a struct or union, a variable of a data section, or a parameter of a prototype.</summary>
/// <param name="Name">Empty for a variable of a data section: its type has the name.</param>
/// <param name="Type">Type id.</param>
/// <param name="BitOffset">From the start of the struct; of a variable, its byte offset times 8.</param>
public readonly record struct BtfMember(string Name, uint Type, uint BitOffset);
