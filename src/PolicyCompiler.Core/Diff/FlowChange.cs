using PolicyCompiler.Core.Model;

namespace PolicyCompiler.Core.Diff;

/// <summary>What changes about flows between two classes on some ports.</summary>
/// <param name="Kind">Its direction.</param>
/// <param name="Before">What happened to the flows.</param>
/// <param name="After">What happens now.</param>
/// <param name="Ports">On which ports.</param>
/// <param name="Family">Over this family only; null: over every one that both ends have.</param>
/// <param name="Egress">Decision ids of the old and the new side, where egress makes the difference; (-1, -1) elsewhere.</param>
/// <param name="Ingress">The same for ingress.</param>
internal sealed record FlowChange(
    ChangeKind Kind, FlowEffect Before, FlowEffect After, PortKeySet Ports, AddressFamily? Family, (int Old, int New) Egress, (int Old, int New) Ingress);
