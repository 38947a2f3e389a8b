using System.Globalization;

namespace PolicyCompiler.Frontend.Yaml;

/// <summary>
/// The type of a plain scalar as kubectl sees it: the YAML 1.2 core schema, and from YAML 1.1 the further booleans
/// (y, yes, on, ...), the octal, hexadecimal and binary integers, and underscores between digits. Timestamps stay text.
/// </summary>
internal static class ScalarResolver
{
    public static ScalarKind Resolve(string text, out long integer)
    {
        integer = 0;
        if (text.Length == 0)
        {
            return ScalarKind.Null;
        }

        switch (text[0])
        {
            case '~' when text.Length == 1:
                return ScalarKind.Null;
            case 'n' or 'N' when text is "null" or "Null" or "NULL":
                return ScalarKind.Null;
            case 'y' or 'Y' or 'n' or 'N' or 't' or 'T' or 'f' or 'F' or 'o' or 'O':
                return IsTrue(text) || IsFalse(text) ? ScalarKind.Boolean : ScalarKind.String;
            case '.' or '+' or '-' or (>= '0' and <= '9'):
                return ResolveNumber(text, out integer);
            default:
                return ScalarKind.String;
        }
    }

    public static bool IsTrue(string text) =>
        text is "true" or "True" or "TRUE" or "y" or "Y" or "yes" or "Yes" or "YES" or "on" or "On" or "ON";

    private static bool IsFalse(string text) =>
        text is "false" or "False" or "FALSE" or "n" or "N" or "no" or "No" or "NO" or "off" or "Off" or "OFF";

    private static ScalarKind ResolveNumber(string text, out long integer)
    {
        integer = 0;
        if (text is ".nan" or ".NaN" or ".NAN" || IsInfinity(text))
        {
            return ScalarKind.Float;
        }

        var digits = text.Contains('_', StringComparison.Ordinal) ? text.Replace("_", "", StringComparison.Ordinal) : text;
        var negative = digits.StartsWith('-');
        var unsigned = digits.AsSpan(negative || digits.StartsWith('+') ? 1 : 0);
        if (unsigned.Length > 0 && TryParseInteger(unsigned, out var magnitude))
        {
            integer = magnitude > long.MaxValue ? long.MaxValue : (long)magnitude;
            integer = negative ? -integer : integer;
            return ScalarKind.Integer;
        }

        return IsFloat(unsigned) ? ScalarKind.Float : ScalarKind.String;
    }

    private static bool IsInfinity(string text) =>
        text.TrimStart('+', '-') is ".inf" or ".Inf" or ".INF" && text.Length <= 5;

    private static bool TryParseInteger(ReadOnlySpan<char> digits, out ulong value)
    {
        if (digits.Length > 2 && digits[0] == '0' && digits[1] is 'x' or 'X' or 'o' or 'O' or 'b' or 'B')
        {
            var radix = digits[1] is 'x' or 'X' ? 16 : digits[1] is 'o' or 'O' ? 8 : 2;
            return TryParseRadix(digits[2..], radix, out value);
        }

        return digits.Length > 1 && digits[0] == '0' && TryParseRadix(digits[1..], 8, out value)
            || TryParseRadix(digits, 10, out value) && (digits.Length == 1 || digits[0] != '0');
    }

    private static bool TryParseRadix(ReadOnlySpan<char> digits, int radix, out ulong value)
    {
        value = 0;
        foreach (var c in digits)
        {
            var digit = char.IsAsciiHexDigit(c) ? Convert.ToInt32(c.ToString(), 16) : radix;
            if (digit >= radix)
            {
                return false;
            }

            value = value > (ulong.MaxValue - (ulong)digit) / (ulong)radix ? ulong.MaxValue : (value * (ulong)radix) + (ulong)digit;
        }

        return digits.Length > 0;
    }

    private static bool IsFloat(ReadOnlySpan<char> unsigned)
    {
        // NumberStyles alone would also take a bare exponent mark or text such as "Infinity".
        var hasDigit = unsigned.ContainsAnyInRange('0', '9');
        return hasDigit && !unsigned.ContainsAnyExcept("0123456789.eE+-")
            && double.TryParse(unsigned, NumberStyles.AllowDecimalPoint | NumberStyles.AllowExponent, CultureInfo.InvariantCulture, out _);
    }
}
