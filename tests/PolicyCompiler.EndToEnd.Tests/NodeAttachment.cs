using PolicyCompiler.Kernel;

namespace PolicyCompiler.EndToEnd.Tests;

/// <summary>The programs on the node's ends of the veth pairs.</summary>
internal sealed class NodeAttachment : IDisposable
{
    private readonly NetworkNamespace _node;
    private readonly List<TcAttachment> _attachments = [];

    public NodeAttachment(NetworkNamespace node, IEnumerable<(LoadedEndpoint Programs, Pod Pod)> endpoints)
    {
        _node = node;
        node.Run(() => _attachments.AddRange(endpoints.Select(e => e.Programs.Attach(e.Pod.HostInterfaceIndex))));
    }

    public void Dispose()
    {
        _node.Run(() => _attachments.ForEach(a => a.Dispose()));
        _attachments.Clear();
    }
}
