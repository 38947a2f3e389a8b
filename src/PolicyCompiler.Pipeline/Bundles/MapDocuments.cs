using System.Buffers.Binary;
using System.Collections.Immutable;
using System.Text;
using System.Text.Json;
using PolicyCompiler.Core.Bpf;

namespace PolicyCompiler.Pipeline.Bundles;

/// <summary>Map contents as maps.bin, which an agent loads, and maps.json, which a person or a script reads.</summary>
internal static class MapDocuments
{
    public static byte[] Binary(IReadOnlyList<MapContents> maps)
    {
        using var stream = new MemoryStream();
        Span<byte> number = stackalloc byte[4];
        stream.Write(BundleLayout.MapsMagic);
        WriteNumber(maps.Count, number);
        foreach (var map in maps)
        {
            var name = new byte[BundleLayout.MapNameBytes];
            Encoding.ASCII.GetBytes(map.Name, name);
            stream.Write(name);
            WriteNumber(map.KeySize, number);
            WriteNumber(map.ValueSize, number);
            WriteNumber(map.MaxEntries, number);
            WriteNumber(map.Count, number);
            WriteNumber(map.Keys.Length, number);
            stream.Write(map.Keys.AsSpan());
            stream.Write(map.Values.AsSpan());
        }

        return stream.ToArray();

        void WriteNumber(int value, Span<byte> buffer)
        {
            BinaryPrimitives.WriteInt32LittleEndian(buffer, value);
            stream.Write(buffer);
        }
    }

    /// <summary>The reverse of <see cref="Binary"/>.</summary>
    /// <exception cref="InvalidDataException">The bytes are not a maps.bin.</exception>
    public static ImmutableArray<MapContents> ReadBinary(byte[] bytes)
    {
        var rest = bytes.AsSpan();
        if (!Take(BundleLayout.MapsMagic.Length, ref rest).SequenceEqual(BundleLayout.MapsMagic))
        {
            throw new InvalidDataException("it does not start with the magic of maps.bin");
        }

        var maps = ImmutableArray.CreateBuilder<MapContents>();
        for (var left = ReadNumber(ref rest); left > 0; left--)
        {
            var name = Encoding.ASCII.GetString(Take(BundleLayout.MapNameBytes, ref rest)).TrimEnd('\0');
            var (keySize, valueSize, maxEntries) = (ReadNumber(ref rest), ReadNumber(ref rest), ReadNumber(ref rest));
            var (count, keyBytes) = (ReadNumber(ref rest), ReadNumber(ref rest));
            if (keySize == 0 || valueSize == 0 || count > maxEntries || (keyBytes != 0 && keyBytes != (long)count * keySize))
            {
                throw new InvalidDataException($"the numbers of map {name} do not fit together");
            }

            var keys = Take(keyBytes, ref rest);
            var values = Take(checked(count * valueSize), ref rest);
            maps.Add(new MapContents(name, keySize, valueSize, maxEntries, [.. keys], [.. values]));
        }

        return rest.IsEmpty ? maps.ToImmutable() : throw new InvalidDataException("bytes follow the last map");

        static int ReadNumber(ref Span<byte> rest)
        {
            var value = BinaryPrimitives.ReadInt32LittleEndian(Take(4, ref rest));
            return value >= 0 ? value : throw new InvalidDataException("a number is negative");
        }

        static ReadOnlySpan<byte> Take(int count, ref Span<byte> rest)
        {
            if (count > rest.Length)
            {
                throw new InvalidDataException("it ends too early");
            }

            var taken = rest[..count];
            rest = rest[count..];
            return taken;
        }
    }

    public static byte[] Text(IReadOnlyList<MapContents> maps) => JsonText.Write(json => json.WriteObjects("maps", maps, map =>
    {
        json.WriteString("name", map.Name);
        json.WriteNumber("keySize", map.KeySize);
        json.WriteNumber("valueSize", map.ValueSize);
        json.WriteNumber("maxEntries", map.MaxEntries);
        json.WriteArray("entries", Enumerable.Range(0, map.Count), i => WriteEntry(json, map, i));
    }));

    private static void WriteEntry(Utf8JsonWriter json, MapContents map, int index)
    {
        var value = map.Values.AsSpan().Slice(index * map.ValueSize, map.ValueSize);
        json.WriteStartObject();
        if (map.Keys.IsEmpty)
        {
            json.WriteNumber("key", index);
        }
        else
        {
            json.WriteString("key", Convert.ToHexStringLower(map.Keys.AsSpan().Slice(index * map.KeySize, map.KeySize)));
        }

        if (map.Name == MapContentsBuilder.Pages)
        {
            WritePage(json, value);
        }
        else if (map.ValueSize == sizeof(uint))
        {
            json.WriteNumber("value", BinaryPrimitives.ReadUInt32LittleEndian(value));
        }
        else
        {
            json.WriteString("value", Convert.ToHexStringLower(value));
        }

        json.WriteEndObject();
    }

    /// <summary>The word of slot 0 as the default, and the slots that differ from it: most pages are nearly uniform.</summary>
    private static void WritePage(Utf8JsonWriter json, ReadOnlySpan<byte> page)
    {
        var first = BinaryPrimitives.ReadUInt32LittleEndian(page);
        json.WriteNumber("default", first);
        json.WriteStartObject("slots");
        for (var slot = 1; slot < page.Length / 4; slot++)
        {
            var word = BinaryPrimitives.ReadUInt32LittleEndian(page[(slot * 4)..]);
            if (word != first)
            {
                json.WriteNumber(slot.ToString(System.Globalization.CultureInfo.InvariantCulture), word);
            }
        }

        json.WriteEndObject();
    }
}
