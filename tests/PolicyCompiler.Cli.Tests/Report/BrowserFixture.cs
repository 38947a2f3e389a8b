namespace PolicyCompiler.Cli.Tests.Report;

/// <summary>One browser for all tests of a class.</summary>
public sealed class BrowserFixture : IDisposable
{
    private readonly Browser? _browser = Browser.Start();

    public void Dispose() => _browser?.Dispose();

    /// <summary>The browser, or the test is skipped with the reason.</summary>
    public Browser Require()
    {
        if (_browser is null)
        {
            Assert.Skip("needs Chromium: apt-get install --no-install-recommends chromium");
        }

        return _browser;
    }
}
