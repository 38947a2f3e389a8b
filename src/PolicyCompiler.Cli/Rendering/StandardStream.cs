using System.Text;

namespace PolicyCompiler.Cli.Rendering;

/// <summary>
/// Standard output or standard error. Where it leads may be full or closed, which is no bug: of the output it is an
/// <see cref="OutputException"/>; findings that nobody can be shown are dropped, since the exit code has them too.
/// </summary>
internal sealed class StandardStream(Stream inner, bool isOutput) : Stream
{
    public override bool CanRead => false;

    public override bool CanSeek => false;

    public override bool CanWrite => true;

    public override long Length => throw new NotSupportedException();

    public override long Position
    {
        get => throw new NotSupportedException();
        set => throw new NotSupportedException();
    }

    /// <summary>What the process writes to from here on.</summary>
    public static void Install()
    {
        Console.SetOut(WriterOf(OpenOutput()));
        Console.SetError(WriterOf(new StandardStream(Console.OpenStandardError(), isOutput: false)));
    }

    public static Stream OpenOutput() => new StandardStream(Console.OpenStandardOutput(), isOutput: true);

    public override void Write(byte[] buffer, int offset, int count) => Write(buffer.AsSpan(offset, count));

    public override void Write(ReadOnlySpan<byte> buffer)
    {
        try
        {
            inner.Write(buffer);
        }
        catch (IOException e) when (isOutput)
        {
            throw new OutputException(e.Message, e);
        }
        catch (IOException)
        {
            // Nobody reads it.
        }
    }

    public override void Flush() => inner.Flush();

    public override int Read(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();

    private static TextWriter WriterOf(Stream stream) =>
        TextWriter.Synchronized(new StreamWriter(stream, new UTF8Encoding(encoderShouldEmitUTF8Identifier: false)) { AutoFlush = true });
}
