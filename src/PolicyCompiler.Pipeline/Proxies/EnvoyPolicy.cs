using System.Text.Json;
using PolicyCompiler.Pipeline.Bundles;

namespace PolicyCompiler.Pipeline.Proxies;

/// <summary>
/// An <c>envoy.config.rbac.v3.Policy</c>. Who the client is was decided before the proxy, so its principals are always any.
/// </summary>
internal sealed record EnvoyPolicy(string Name, EnvoyPermission Permission)
{
    public static EnvoyPolicy Everything { get; } = new("any", EnvoyPermission.Everything);

    public void Write(Utf8JsonWriter json)
    {
        json.WriteStartObject(Name);
        json.WriteObjects("permissions", [Permission], p => p.Write(json));
        json.WriteObjects("principals", [true], any => json.WriteBoolean("any", any));
        json.WriteEndObject();
    }
}
