using PolicyCompiler.Core.Model.L7;
using PolicyCompiler.Frontend.Objects;
using PolicyCompiler.Frontend.Yaml;

namespace PolicyCompiler.Frontend.Policies.Cilium;

/// <summary><c>terminatingTLS</c> and <c>originatingTLS</c>.</summary>
internal sealed class TlsContextReader(FieldReader fields)
{
    private readonly SecretReader _secrets = new(fields);

    public TlsContext? Read(YamlMapping item, string name)
    {
        if (fields.Mapping(item, name) is not { } tls)
        {
            return null;
        }

        fields.CheckFields(tls, name, CiliumFields.Tls);
        return _secrets.Read(tls) is { } secret
            ? new TlsContext(secret, Key(tls, "trustedCA"), Key(tls, "certificate"), Key(tls, "privateKey"), tls.Span)
            : null;
    }

    private string? Key(YamlMapping tls, string name) => fields.Text(tls, name) is { Text.Length: > 0 } text ? text.Text : null;
}
