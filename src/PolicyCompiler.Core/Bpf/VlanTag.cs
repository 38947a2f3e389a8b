namespace PolicyCompiler.Core.Bpf;

/// <summary>A VLAN tag inside the frame.</summary>
/// <param name="TagProtocol">0x8100 (IEEE 802.1Q) or 0x88a8 (802.1ad).</param>
/// <param name="Id">12 bits.</param>
public readonly record struct VlanTag(ushort TagProtocol, ushort Id)
{
    public static VlanTag Customer(ushort id) => new(0x8100, id);

    public static VlanTag Provider(ushort id) => new(0x88a8, id);
}
