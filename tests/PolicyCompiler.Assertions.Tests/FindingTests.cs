namespace PolicyCompiler.Assertions.Tests;

public sealed class FindingTests
{
    /// <summary>Codes, with a line and a column each, and the text that shows them.</summary>
    public static TheoryData<string, string> Cases { get; } = new()
    {
        { "NP6001 2:3", "test \"t\" {\n  alow from pods to pods\n  deny from pods to pods\n}" },
        { "NP6001 2:9\nNP6001 3:25", "test \"t\" {\n  allow form pods to pods\n  deny from pods where a~b to pods\n}" },
        { "NP6001 1:1", "allow from pods to pods\ntest \"t\" { deny from pods to pods }" },
        { "NP6001 1:6\nNP6001 2:17", "test t {\n  deny from pods\n}" },
        { "NP6001 3:1", "test \"a\" {\n  deny from pods to pods\ntest \"b\" { deny from pods to pods }" },
        { "NP6001 3:1", "test \"a\" {\n  deny from pods to pods\n" },
        { "NP6001 1:6", "test \"a {\n  deny from pods to pods\n}" },
        { "NP6001 1:9", "let a = \"b\"\ntest \"t\" { deny from a to pods }" },
        { "NP6001 2:27", "test \"t\" {\n  deny from pods to pods  deny from pods to pods\n}" },
        { "NP6001 3:1", "test \"t\" { deny from pods to pods }\n\n}\n" },
        { "NP6001 1:35", "test \"t\" { deny from pods to pods \u0007 }" },
        { "NP6002 2:13\nNP6002 2:20", "test \"t\" {\n  deny from wbe to shop/web\n}" },
        { "NP6002 1:23", "test \"t\" { allow from web to pods }\nlet web = pods" },
        { "NP6003 1:5\nNP6003 3:5", "let world = pods\nlet a = pods\nlet a = nodes\ntest \"t\" { deny from a to world }" },
        { "NP6003 2:6", "test \"t\" { deny from pods to pods }\ntest \"t\" { deny from pods to pods }" },
        { "NP6004 1:5", "let a = pods\ntest \"t\" { deny from pods to pods }" },
        { "NP6005 2:18\nNP6005 3:16\nNP6005 4:17\nNP6005 5:17", "test \"t\" {\n  deny from cidr 10.0.0.1/8 to pods\n  deny from ip 10.0.0 to pods\n  deny from pod web to pods\n  deny from dns a..b to pods\n}" },
        { "NP6005 2:33\nNP6005 2:40\nNP6005 3:34\nNP6005 4:29\nNP6005 5:42", "test \"t\" {\n  deny from pods to pods on TCP 0, UDP 9-8\n  deny from pods to pods on ICMP 256\n  deny from pods to pods on 80\n  deny from pods to pods on protocol 47, 1\n}" },
        { "NP6005 2:26\nNP6005 3:34\nNP6005 4:24", "test \"t\" {\n  deny from pods to pods http \"GET\"\n  deny from pods to pods because a b\n  deny from pods where a:b to pods\n}" },
        { "NP6005 2:38", "test \"t\" {\n  deny from pods to pods on protocol 256\n}" },
        { "NP6006 1:6", "test \"t\" {\n}" },
        { "NP6008 1:1", "" },
        { "NP6008 1:1\nNP6004 2:5", "\nlet a = pods" },
        { "NP6006 3:6", "# old\r\r\ntest \"t\" {\r}" },
    };

    [Theory]
    [MemberData(nameof(Cases))]
    public void Reports_the_code_at_the_place(string expected, string text) => Assert.Equal(expected, Reading.Findings(text));

    [Fact]
    public void Every_code_has_a_case()
    {
        var shown = Cases.SelectMany(c => c.Data.Item1.Split('\n')).Select(l => l.Split(' ')[0]).Append("NP6007").Distinct().Order(StringComparer.Ordinal);
        Assert.Equal(FlowDiagnostics.All.Select(d => d.Code).Order(StringComparer.Ordinal), shown);
    }

    [Fact]
    public void Deep_nesting_is_a_finding_and_no_stack_overflow()
    {
        var deep = new string('(', 100_000);
        Assert.Equal("NP6007 1:109", Reading.Findings($"let a = {deep}pods"));
        Assert.Equal("", Reading.Findings($"test \"t\" {{ deny from {new string('(', 90)}pods{new string(')', 90)} to pods }}"));
    }

    [Theory]
    [InlineData("  alow from pods to pods", "'alow' cannot stand here; did you mean 'allow'?")]
    [InlineData("  allow from pods to pods onn TCP 80", "'onn' cannot stand here; did you mean 'on'?")]
    [InlineData("  allow from pods", "the line cannot end here; expected 'to'")]
    [InlineData("  allow from pods to pods on", "the line cannot end here; expected 'TCP', 'UDP', 'SCTP', 'ICMP', 'ICMPv6', 'protocol', a number or a range")]
    [InlineData("  allow from pods in to pods", "'pods' cannot stand here; expected 'to'")]
    [InlineData("  allow from pods to ip 10.0.0", "'10.0.0' is no address; write one such as 10.0.0.1 or 2001:db8::1")]
    [InlineData("  allow from wrld to pods", "'wrld' is neither a variable that is defined above nor an entity; did you mean \"world\"?")]
    [InlineData("  allow from pods to pods \u0007", "the character U+0007 cannot stand here; expected the end of the line")]
    public void Message_says_what_to_write(string assertion, string message) =>
        Assert.Equal(message, Assert.Single(Reading.Read($"test \"t\" {{\n{assertion}\n}}").Diagnostics).Message);

    [Fact]
    public void What_is_right_beside_a_mistake_is_read()
    {
        var read = Reading.Read("let a = pods in\nlet b = pods\ntest \"t\" {\n  allow from a to b\n  allow form b to b\n  deny from b to a\n}\ntest \"u\" { only b may reach b }");
        Assert.Equal(["NP6001", "NP6001"], read.Diagnostics.Select(d => d.Code));
        Assert.Equal([2, 1], read.Value!.Tests.Select(t => t.Assertions.Length));
        Assert.False(read.Succeeded);
    }
}
