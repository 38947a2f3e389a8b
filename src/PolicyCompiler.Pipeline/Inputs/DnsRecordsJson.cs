using System.Text;
using System.Text.Json;

namespace PolicyCompiler.Pipeline.Inputs;

/// <summary>
/// DNS records as a JSON object. Read token by token, because a document tree keeps neither places nor all of the
/// members with one name.
/// </summary>
internal static class DnsRecordsJson
{
    public static void Parse(string text, DnsRecordsBuilder records)
    {
        var bytes = Encoding.UTF8.GetBytes(text);
        var reader = new Utf8JsonReader(bytes);
        var place = new Utf8Place(bytes);
        try
        {
            Read(ref reader, place, records);
        }
        catch (JsonException e)
        {
            var end = e.Message.IndexOf(" LineNumber", StringComparison.Ordinal);
            var problem = (end < 0 ? e.Message : e.Message[..end]).TrimEnd('.');
            var (line, column) = Utf8Place.Of(bytes, (int)(e.LineNumber ?? 0), (int)(e.BytePositionInLine ?? 0));
            records.ReportForm($"this is not valid JSON: {problem}", line, column, 0);
        }
    }

    private static void Read(ref Utf8JsonReader reader, Utf8Place place, DnsRecordsBuilder records)
    {
        reader.Read();
        if (reader.TokenType != JsonTokenType.StartObject)
        {
            records.ReportForm("this is not a JSON object", 1, 1, 0);
            return;
        }

        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            var (line, column, length) = place.Of(in reader);
            var name = Text(in reader) is { } text ? records.AddName(text, line, column, length) : BadText(line, column, length);
            reader.Read();
            if (reader.TokenType == JsonTokenType.StartArray)
            {
                ReadAddresses(ref reader, place, records, name, (line, column, length));
            }
            else
            {
                var (valueLine, valueColumn, valueLength) = place.Of(in reader);
                records.ReportForm("the addresses of a name are a list", valueLine, valueColumn, valueLength);
                reader.Skip();
            }
        }

        // What follows the object is an error of the reader.
        reader.Read();

        string? BadText(int line, int column, int length)
        {
            records.ReportForm("the name has half of a surrogate pair", line, column, length);
            return null;
        }
    }

    private static void ReadAddresses(
        ref Utf8JsonReader reader, Utf8Place place, DnsRecordsBuilder records, string? name, (int Line, int Column, int Length) at)
    {
        var count = 0;
        while (reader.Read() && reader.TokenType != JsonTokenType.EndArray)
        {
            count++;
            var (line, column, length) = place.Of(in reader);
            if (reader.TokenType == JsonTokenType.String && Text(in reader) is { } address)
            {
                records.AddAddress(name, address, line, column, length);
            }
            else
            {
                records.ReportForm("an address is text", line, column, length);
                reader.Skip();
            }
        }

        if (count == 0)
        {
            records.ReportNoAddress(name, at.Line, at.Column, at.Length);
        }
    }

    /// <summary>Null when an escape is half of a surrogate pair, which JSON allows and text does not.</summary>
    private static string? Text(in Utf8JsonReader reader)
    {
        try
        {
            return reader.GetString();
        }
        catch (InvalidOperationException)
        {
            return null;
        }
    }
}
