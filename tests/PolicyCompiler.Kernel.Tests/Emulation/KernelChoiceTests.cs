using PolicyCompiler.Kernel.Emulation;

namespace PolicyCompiler.Kernel.Tests.Emulation;

public sealed class KernelChoiceTests
{
    [Fact]
    public void KernelsAreNamedInThreeWays()
    {
        Assert.Equal(new KernelChoice.Running(), KernelChoice.Parse("running"));
        Assert.Equal(new KernelChoice.Debian("6.1"), KernelChoice.Parse("debian:6.1"));
        Assert.Equal(new KernelChoice.Debian("6.12.117+deb12"), KernelChoice.Parse("debian:6.12.117+deb12"));
        Assert.Equal(new KernelChoice.Image("/boot/vmlinuz"), KernelChoice.Parse("/boot/vmlinuz"));
    }

    [Theory]
    [InlineData("debian:")]
    [InlineData("debian:six")]
    [InlineData("debian:6")]
    [InlineData("debian:6.1/../..")]
    [InlineData("debian:6.1 6.12")]
    public void AVersionIsAVersion(string text) => Assert.Null(KernelChoice.Parse(text));

    [Fact]
    public void WhatIsNoImageIsSaidToBeNone()
    {
        var folder = Directory.CreateTempSubdirectory("policyc-test-").FullName;
        try
        {
            var text = Path.Combine(folder, "text");
            File.WriteAllText(text, new string('x', 2000));
            foreach (var path in new[] { text, Path.Combine(folder, "missing"), folder })
            {
                var image = KernelChoice.Parse(path)!.FindImage(new DebianKernels(folder));
                Assert.Null(image.Value);
                Assert.Equal("NP5033", Assert.Single(image.Diagnostics).Code);
            }
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    [Fact]
    public void TheNewestBuildOfAVersionIsTaken()
    {
        const string Search = """
            linux-image-6.1.0-9-cloud-amd64 - Linux 6.1 for x86-64 cloud (signed)
            linux-image-6.1.0-56-cloud-amd64 - Linux 6.1 for x86-64 cloud (signed)
            linux-image-6.1.0-56-cloud-amd64-dbg - Debug symbols
            linux-image-6.1-cloud-amd64 - Linux for x86-64 cloud (meta-package)
            linux-image-6.12.9+deb12-cloud-amd64 - Linux 6.12 for x86-64 cloud
            linux-image-6.12.117+deb12-cloud-amd64 - Linux 6.12 for x86-64 cloud

            """;
        Assert.Equal("linux-image-6.1.0-56-cloud-amd64", DebianKernels.Newest("6.1", Search));
        Assert.Equal("linux-image-6.12.117+deb12-cloud-amd64", DebianKernels.Newest("6.12", Search));
        Assert.Null(DebianKernels.Newest("5.10", Search));
        Assert.Null(DebianKernels.Newest("6.1", ""));
    }

    [Fact]
    public void AnImageInTheCacheIsTakenWithoutAskingApt()
    {
        var cache = Directory.CreateTempSubdirectory("policyc-test-").FullName;
        try
        {
            Directory.CreateDirectory(Path.Combine(cache, "debian-9.9"));
            var image = Path.Combine(cache, "debian-9.9", "vmlinuz-9.9.0-1-cloud-amd64");
            File.WriteAllText(image, "");

            Assert.Equal(image, new DebianKernels(cache).Get("9.9").Value);
        }
        finally
        {
            Directory.Delete(cache, recursive: true);
        }
    }

    [Fact]
    public void AVersionThatDebianDoesNotHaveIsAFinding()
    {
        var cache = Directory.CreateTempSubdirectory("policyc-test-").FullName;
        try
        {
            var image = new DebianKernels(cache).Get("9.99");
            Assert.Null(image.Value);
            var finding = Assert.Single(image.Diagnostics);
            Assert.Equal("NP5032", finding.Code);
            Assert.True(EmulationDiagnostics.IsEnvironment(finding));
        }
        finally
        {
            Directory.Delete(cache, recursive: true);
        }
    }
}
