using PolicyCompiler.Core.Model.L7;
using PolicyCompiler.Frontend.Diagnostics;
using PolicyCompiler.Frontend.Objects;
using PolicyCompiler.Frontend.Yaml;

namespace PolicyCompiler.Frontend.Policies.Cilium;

/// <summary>References to Kubernetes Secrets.</summary>
internal sealed class SecretReader(FieldReader fields)
{
    /// <summary>The field <c>secret</c>. Null when it names none, which has been reported.</summary>
    public SecretReference? Read(YamlMapping parent)
    {
        if (FieldReader.Find(parent, "secret") is not { } node)
        {
            fields.Findings.ReportField(CiliumProxyDiagnostics.SecretNameMissing, parent, "secret");
            return null;
        }

        if (fields.Mapping(parent, "secret") is not { } secret)
        {
            return null;
        }

        fields.CheckFields(secret, "a secret", CiliumFields.Secret);
        if (fields.Text(secret, "name") is { Text.Length: > 0 } name)
        {
            return new SecretReference(fields.Text(secret, "namespace")?.Text ?? "", name.Text);
        }

        fields.Findings.ReportField(CiliumProxyDiagnostics.SecretNameMissing, node, "secret");
        return null;
    }
}
