using System.Buffers;
using System.Text.Json;
using PolicyCompiler.Core.Diagnostics;
using PolicyCompiler.Pipeline.Bundles;

namespace PolicyCompiler.Cli.Report;

/// <summary>How pages get their data: arrays of arrays, which are shorter than objects.</summary>
internal static class DataArrays
{
    /// <summary>An object without white space, and with nothing in it that could end the script element around it.</summary>
    public static byte[] Document(Action<Utf8JsonWriter> write)
    {
        var buffer = new ArrayBufferWriter<byte>();
        using (var json = new Utf8JsonWriter(buffer))
        {
            json.WriteStartObject();
            write(json);
            json.WriteEndObject();
        }

        return buffer.WrittenSpan.ToArray();
    }

    /// <summary>An array of arrays.</summary>
    public static void WriteRows<T>(this Utf8JsonWriter json, string name, IEnumerable<T> items, Action<T> write) =>
        json.WriteArray(name, items, item => json.WriteRow(() => write(item)));

    public static void WriteNumbers(this Utf8JsonWriter json, string name, IEnumerable<int> items) =>
        json.WriteArray(name, items, json.WriteNumberValue);

    /// <summary>An array in an array.</summary>
    public static void WriteRow(this Utf8JsonWriter json, Action write)
    {
        json.WriteStartArray();
        write();
        json.WriteEndArray();
    }

    /// <summary>An array of texts in an array.</summary>
    public static void WriteRow(this Utf8JsonWriter json, IEnumerable<string> items) => json.WriteRow(() =>
    {
        foreach (var item in items)
        {
            json.WriteStringValue(item);
        }
    });

    /// <summary>A rule with its lines, as <c>base.js</c> reads it.</summary>
    /// <param name="json">In the rule's array.</param>
    /// <param name="policy">Index of its policy.</param>
    /// <param name="place">Its place there; null: it is the policy as such.</param>
    /// <param name="span">Where it is written.</param>
    public static void WriteRule(this Utf8JsonWriter json, int policy, string? place, SourceSpan span)
    {
        json.WriteNumberValue(policy);
        json.WriteStringValue(place);
        json.WriteStringValue(span.Source?.Path);
        json.WriteNumberValue(span.Line);
        json.WriteNumberValue(span.Column);
        json.WriteNumberValue(span.Length);
        var snippet = place is null ? SourceSnippet.OfDocument(span) : SourceSnippet.Of(span);
        json.WriteBooleanValue(snippet?.IsCut ?? false);
        foreach (var line in snippet?.Lines ?? [])
        {
            json.WriteStringValue(line);
        }
    }
}
