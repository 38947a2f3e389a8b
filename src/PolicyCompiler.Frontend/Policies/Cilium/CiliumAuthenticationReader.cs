using PolicyCompiler.Core.Diagnostics;
using PolicyCompiler.Core.Model.Cilium;
using PolicyCompiler.Frontend.Diagnostics;
using PolicyCompiler.Frontend.Objects;
using PolicyCompiler.Frontend.Yaml;

namespace PolicyCompiler.Frontend.Policies.Cilium;

/// <summary><c>authentication</c> of an item, and its name before Cilium 1.14, <c>auth</c>.</summary>
internal sealed class CiliumAuthenticationReader(FieldReader fields)
{
    public const string RetiredDisabled = "null";

    public static readonly string[] Modes = ["disabled", "required", "test-always-fail"];

    private const string RetiredField = "auth";

    public AuthenticationMode? Read(YamlMapping item)
    {
        var retired = fields.Mapping(item, RetiredField) is { } auth ? ReadRetired(auth) : null;
        if (fields.Mapping(item, "authentication") is not { } authentication)
        {
            return retired;
        }

        fields.CheckFields(authentication, "authentication", CiliumFields.Authentication);
        var node = FieldReader.Find(authentication, "mode");
        if (node is null)
        {
            fields.Findings.ReportField(CiliumDiagnostics.UnknownAuthentication, authentication, "nothing", "");
            return null;
        }

        return fields.IsText(node, out var mode) ? Parse(mode) : null;
    }

    private AuthenticationMode? Parse(YamlScalar mode)
    {
        var index = Array.IndexOf(Modes, mode.Text);
        if (index >= 0)
        {
            return (AuthenticationMode)index;
        }

        fields.Findings.ReportField(
            CiliumDiagnostics.UnknownAuthentication, mode, $"\"{Quote.Shorten(mode.Text)}\"", Suggestion.Clause(mode.Text, Modes));
        return null;
    }

    /// <summary>Of the old types only the text <c>"null"</c>, no authentication, means what a mode of today does.</summary>
    private AuthenticationMode? ReadRetired(YamlMapping auth)
    {
        fields.CheckFields(auth, RetiredField, CiliumFields.RetiredAuthentication);
        var type = FieldReader.Find(auth, "type");
        if (type is YamlScalar { Kind: ScalarKind.String, Text: RetiredDisabled })
        {
            fields.Findings.ReportField(CiliumDiagnostics.RenamedAuthentication, auth);
            return AuthenticationMode.Disabled;
        }

        fields.Findings.ReportField(CiliumDiagnostics.UnknownAuthentication, type ?? auth, type?.Description ?? "nothing", "");
        return null;
    }
}
