using PolicyCompiler.CodeGen;
using PolicyCompiler.Core.Graph;
using PolicyCompiler.Kernel;
using PolicyCompiler.Pipeline.Bundles;
using PolicyCompiler.Tests.Shared;

namespace PolicyCompiler.Pipeline.Tests;

public sealed class BundleTests : IDisposable
{
    private static readonly Compilation Compilation = new CompilePipeline(new LlvmCodeGenerator(), new LibbpfVerifier(), Stream.Null)
        .Compile(new CompileRequest([Repository.CasePath("port-ranges")], new GraphOptions(), CompileStage.Objects));

    private readonly string _folder = Directory.CreateTempSubdirectory("policyc-test-").FullName;

    private string Target => Path.Combine(_folder, "bundle");

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public void WhatIsWrittenIsReadBack()
    {
        Assert.Null(BundleWriter.Write(BundleWriter.Files(Compilation, "test"), Target));
        var bundle = BundleReader.Read(Target);
        Assert.True(bundle.Succeeded, string.Join('\n', bundle.Diagnostics));
        Assert.Equal(Compilation.Objects.Select(o => o.Name), bundle.Value!.Objects.Select(o => o.Name));
        Assert.All(Compilation.Objects.Zip(bundle.Value.Objects), pair => Assert.Equal(pair.First.Elf, pair.Second.Elf));
        Assert.All(Compilation.Maps.Zip(bundle.Value.Maps), pair =>
        {
            Assert.Equal(pair.First with { Keys = [], Values = [] }, pair.Second with { Keys = [], Values = [] });
            Assert.Equal(pair.First.Keys, pair.Second.Keys);
            Assert.Equal(pair.First.Values, pair.Second.Values);
        });
    }

    [Fact]
    public void AnyChangedByteIsNoticed()
    {
        foreach (var (path, content) in BundleWriter.Files(Compilation, "test").Where(f => f.Path is not (BundleLayout.Manifest or BundleLayout.Verification)))
        {
            Assert.Null(BundleWriter.Write(BundleWriter.Files(Compilation, "test"), Target));
            var changed = content.ToArray();
            changed[^1] ^= 1;
            File.WriteAllBytes(Path.Combine(Target, path), changed);
            Assert.Equal("NP7004", Assert.Single(BundleReader.Read(Target).Diagnostics).Code);
        }
    }

    [Fact]
    public void MutatedBundlesEndInAFinding()
    {
        var files = BundleWriter.Files(Compilation, "test");
        var random = new Random(7);
        for (var i = 0; i < 150; i++)
        {
            var mutated = files.Select(f => f.Path is BundleLayout.Manifest or BundleLayout.MapsBinary or BundleLayout.Verification ? (f.Path, Mutate(f.Content, random)) : f).ToList();
            Assert.Null(BundleWriter.Write(mutated, Target));
            var bundle = BundleReader.Read(Target);
            Assert.True(bundle.Succeeded || bundle.Diagnostics.All(d => d.Code is "NP7003" or "NP7004"), string.Join('\n', bundle.Diagnostics));
        }
    }

    [Fact]
    public void MapsInBinaryFormAreBounded()
    {
        var bytes = BundleWriter.Files(Compilation, "test").Single(f => f.Path == BundleLayout.MapsBinary).Content;
        for (var length = 0; length < bytes.Length; length += Math.Max(1, bytes.Length / 400))
        {
            Assert.Throws<InvalidDataException>(() => MapDocuments.ReadBinary(bytes[..length]));
        }
    }

    private static byte[] Mutate(byte[] content, Random random)
    {
        var bytes = content.ToArray();
        for (var n = random.Next(0, 4); n > 0; n--)
        {
            bytes[random.Next(bytes.Length)] = (byte)random.Next(256);
        }

        return random.Next(4) == 0 ? bytes[..random.Next(bytes.Length)] : bytes;
    }
}
