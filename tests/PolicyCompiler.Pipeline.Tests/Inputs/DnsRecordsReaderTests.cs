using System.Globalization;
using System.Text;
using PolicyCompiler.Core.Diagnostics;
using PolicyCompiler.Core.Model;
using PolicyCompiler.Pipeline.Inputs;

namespace PolicyCompiler.Pipeline.Tests.Inputs;

public sealed class DnsRecordsReaderTests
{
    private static readonly string[] Records = ["a_b.example.com 2001:db8::1", "api.example.com 192.0.2.7 192.0.2.10 2001:db8::7"];

    [Fact]
    public void JsonIsAnObjectOfNamesAndAddresses() => Assert.Equal(Records, Read(
        """
          {
            "API.example.com.": ["2001:db8::7", "192.0.2.10"],
            "a_b.example.com": ["2001:DB8:0::1"],
            "api.Example.com": ["192.0.2.7", "192.0.2.10"]
          }
        """));

    [Fact]
    public void TextIsLinesOfANameAndAddresses() => Assert.Equal(Records, Read(
        "# made by hand\r\n\r\nAPI.example.com.\t2001:db8::7  192.0.2.10 # two\r\n  a_b.example.com 2001:DB8:0::1\r\napi.Example.com 192.0.2.7 192.0.2.10"));

    [Theory]
    [InlineData("")]
    [InlineData("\n# nothing\n")]
    [InlineData(" {} ")]
    public void NoRecordsAreNoError(string text) => Assert.Empty(Read(text));

    [Fact]
    public void OrderIsTheOrderOfAddressesAndOfBytesInNames() => Assert.Equal(
        ["a-b 1.1.1.1", "a.b 1.1.1.1", "a_b 1.1.1.1", "ab 9.0.0.0 10.0.0.0 ::1"],
        Read("ab 10.0.0.0 ::1 9.0.0.0\na_b 1.1.1.1\na.b 1.1.1.1\na-b 1.1.1.1"));

    [Theory]
    [InlineData("NP0030 1:1", "[]")]
    [InlineData("NP0030 1:1", "\"a\"")]
    [InlineData("NP0030 2:6", "{\n\"a\": \"1.1.1.1\"}")]
    [InlineData("NP0030 1:7", "{\"a\": {\"b\": [1]}, \"c\": [\"1.1.1.1\"]}")]
    [InlineData("NP0030 1:8", "{\"a\": [1]}")]
    [InlineData("NP0030 1:8", "{\"a\": [[\"1.1.1.1\"]]}")]
    [InlineData("NP0030 1:8", "{\"a\": [\"\\ud800\"]}")]
    [InlineData("NP0030 1:2", "{\"\\ud800\": [\"1.1.1.1\"]}")]
    [InlineData("NP0030 2:1", "{\"a\": [\"1.1.1.1\"]\n\"b\": []}")]
    [InlineData("NP0030 1:22", "{\"a\": [\"1.1.1.1\"]}\t\t\tx")]
    [InlineData("NP0030 1:18", "{\"a\": [\"1.1.1.1\"]")]
    [InlineData("NP0031 2:1,NP0030 2:6", "{\n\"ü\": x}")]
    [InlineData("NP0031 1:2", "{\"\": [\"1.1.1.1\"]}")]
    [InlineData("NP0031 1:2", "{\"*.example.com\": [\"1.1.1.1\"]}")]
    [InlineData("NP0031 2:2", "a 1.1.1.1\n\ta..b 1.1.1.1")]
    [InlineData("NP0031 1:1", "bücher.example 1.1.1.1")]
    [InlineData("NP0031 1:1", "a\u001b[31m 1.1.1.1")]
    [InlineData("NP0031 1:1,NP0032 1:9", "1.1.1.1 example.com")]
    [InlineData("NP0032 1:3,NP0032 1:14", "a 10.0.0.0/8 010.0.0.1")]
    [InlineData("NP0031 1:2,NP0032 1:17", "{\"ü\": [], \"b\": [\"x\"]}")]
    [InlineData("NP0033 2:1", "{\n\"a\": []}")]
    [InlineData("NP0033 2:1", "# a\na\n")]
    public void MistakesAreFoundWhereTheyAre(string expected, string text)
    {
        var read = Parse(text);
        Assert.False(read.Succeeded);
        Assert.Equal(expected, string.Join(',', read.Diagnostics.Select(d => string.Create(CultureInfo.InvariantCulture, $"{d.Code} {d.Span.Line}:{d.Span.Column}"))));
        Assert.All(read.Diagnostics, d => Assert.DoesNotContain(d.Message, char.IsControl));
    }

    [Theory]
    [InlineData(63, 4, true)]
    [InlineData(64, 1, false)]
    [InlineData(62, 5, false)]
    public void NamesHaveTheLengthsOfDns(int label, int labels, bool isName)
    {
        // 4 * 63 + 3 dots are 255: cut to the 253 that a name may have.
        var name = string.Join('.', Enumerable.Repeat(new string('a', label), labels));
        name = isName ? name[..253] : name;
        Assert.Equal(isName, Parse($"{name} 1.1.1.1").Succeeded);
    }

    [Fact]
    public void AFileIsReadAndAMissingOneReported()
    {
        using var stream = new MemoryStream(Encoding.UTF8.GetBytes("a 1.1.1.1"));
        Assert.Equal("a", Assert.Single(DnsRecordsReader.Read("-", stream).Value!).Name);

        var file = Path.GetTempFileName();
        try
        {
            File.WriteAllText(file, "b 1.1.1.1\nc x");
            var read = DnsRecordsReader.Read(file, Stream.Null);
            Assert.Equal("b", Assert.Single(read.Value!).Name);
            Assert.Equal(file, Assert.Single(read.Diagnostics).Span.Source!.Path);
        }
        finally
        {
            File.Delete(file);
        }

        Assert.Equal("NP0002", Assert.Single(DnsRecordsReader.Read(file, Stream.Null).Diagnostics).Code);
        Assert.Equal("NP0002", Assert.Single(DnsRecordsReader.Read(Path.GetTempPath(), Stream.Null).Diagnostics).Code);
    }

    private static IEnumerable<string> Read(string text)
    {
        var read = Parse(text);
        Assert.Empty(read.Diagnostics);
        return read.Value!.Select(r => $"{r.Name} {string.Join(' ', r.Addresses)}");
    }

    private static Stage<IReadOnlyList<DnsRecord>> Parse(string text) => DnsRecordsReader.Parse(new SourceText("dns", "dns", text));
}
