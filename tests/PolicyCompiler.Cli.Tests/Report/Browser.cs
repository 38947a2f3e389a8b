using System.Diagnostics;
using System.Net.WebSockets;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace PolicyCompiler.Cli.Tests.Report;

/// <summary>Chromium without a window, by the DevTools protocol: one page of it.</summary>
public sealed class Browser : IDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    private readonly Process _process;
    private readonly string _profile;
    private readonly ClientWebSocket _socket = new();
    private string? _session;
    private int _lastId;

    private Browser(Process process, string profile)
    {
        _process = process;
        _profile = profile;
    }

    /// <summary>Events of the page since it was opened.</summary>
    public List<JsonObject> Events { get; } = [];

    /// <summary>Null where there is none.</summary>
    public static Browser? Start()
    {
        var program = new[] { "chromium", "chromium-browser", "google-chrome" }
            .SelectMany(n => (Environment.GetEnvironmentVariable("PATH") ?? "").Split(':').Select(d => Path.Combine(d, n))).FirstOrDefault(File.Exists);
        if (program is null)
        {
            return null;
        }

        var profile = Directory.CreateTempSubdirectory("policyc-test-").FullName;
        var start = new ProcessStartInfo(
            program,
            [
                "--headless=new", "--disable-gpu", "--no-first-run", "--disable-extensions", "--remote-debugging-port=0", $"--user-data-dir={profile}",
                // The sandbox refuses to run as root; nothing but files of the test is opened.
                .. Environment.UserName == "root" ? ["--no-sandbox"] : Array.Empty<string>(), "about:blank",
            ])
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        var process = Process.Start(start)!;
        process.OutputDataReceived += (_, _) => { };
        process.ErrorDataReceived += (_, _) => { };
        process.BeginOutputReadLine();
        process.BeginErrorReadLine();
        var browser = new Browser(process, profile);
        browser.Connect();
        return browser;
    }

    public void Dispose()
    {
        _socket.Dispose();
        _process.Kill(entireProcessTree: true);
        _process.WaitForExit();
        _process.Dispose();
        Directory.Delete(_profile, recursive: true);
    }

    /// <summary>Opens a file as <c>file://</c> and waits until it has been loaded.</summary>
    public void Open(string path)
    {
        Events.Clear();
        Send("Page.navigate", new JsonObject { ["url"] = $"file://{path}" });
        Receive(() => Events.Exists(e => (string?)e["method"] == "Page.loadEventFired"));
    }

    /// <summary>The value of an expression in the page; a promise is waited for.</summary>
    public JsonNode? Evaluate(string expression)
    {
        var answer = Send("Runtime.evaluate", new JsonObject { ["expression"] = expression, ["returnByValue"] = true, ["awaitPromise"] = true });
        Assert.True(answer["exceptionDetails"] is null, $"{expression}: {answer["exceptionDetails"]?.ToJsonString()}");
        return answer["result"]?["value"];
    }

    public string Text(string selector) => (string?)Evaluate($"document.querySelector({JsonSerializer.Serialize(selector)}).innerText") ?? "";

    /// <summary>A click with the mouse at a point of an element.</summary>
    public void Click(string selector, double x, double y)
    {
        var corner = Evaluate($"(r => ({{ x: r.x, y: r.y }}))(document.querySelector({JsonSerializer.Serialize(selector)}).getBoundingClientRect())")!;
        foreach (var type in new[] { "mouseMoved", "mousePressed", "mouseReleased" })
        {
            Send("Input.dispatchMouseEvent", new JsonObject
            {
                ["type"] = type,
                ["x"] = (double)corner["x"]! + x,
                ["y"] = (double)corner["y"]! + y,
                ["button"] = type == "mouseMoved" ? "none" : "left",
                ["clickCount"] = type == "mouseMoved" ? 0 : 1,
            });
        }
    }

    public void Press(string key)
    {
        foreach (var type in new[] { "keyDown", "keyUp" })
        {
            Send("Input.dispatchKeyEvent", new JsonObject { ["type"] = type, ["key"] = key, ["code"] = key });
        }
    }

    /// <summary>Waits until an expression is true in the page.</summary>
    public void WaitFor(string expression)
    {
        var watch = Stopwatch.StartNew();
        while ((bool?)Evaluate($"!!({expression})") != true)
        {
            Assert.True(watch.Elapsed < Patience, $"never true: {expression}");
            Thread.Sleep(30);
        }
    }

    /// <summary>Nothing was loaded but files, nothing was refused, and nothing failed.</summary>
    public void AssertIsOffline()
    {
        Assert.All(
            Events.Where(e => (string?)e["method"] == "Network.requestWillBeSent"),
            e => Assert.StartsWith("file://", (string?)e["params"]!["request"]!["url"], StringComparison.Ordinal));
        Assert.DoesNotContain(Events, e => (string?)e["method"] is "Runtime.exceptionThrown" or "Log.entryAdded");
    }

    private void Connect()
    {
        var file = Path.Combine(_profile, "DevToolsActivePort");
        var watch = Stopwatch.StartNew();
        string[] lines;
        while (!File.Exists(file) || (lines = File.ReadAllLines(file)).Length < 2)
        {
            Assert.True(watch.Elapsed < Patience && !_process.HasExited, "Chromium does not start");
            Thread.Sleep(30);
        }

        _socket.ConnectAsync(new Uri($"ws://127.0.0.1:{lines[0]}{lines[1]}"), CancellationToken.None).Wait(Patience);
        var target = (string)Send("Target.createTarget", new JsonObject { ["url"] = "about:blank" })["targetId"]!;
        _session = (string)Send("Target.attachToTarget", new JsonObject { ["targetId"] = target, ["flatten"] = true })["sessionId"]!;
        foreach (var domain in new[] { "Page", "Runtime", "Network", "Log" })
        {
            Send($"{domain}.enable", []);
        }

        Send("Emulation.setDeviceMetricsOverride", new JsonObject { ["width"] = 1400, ["height"] = 850, ["deviceScaleFactor"] = 1, ["mobile"] = false });
    }

    private JsonObject Send(string method, JsonObject parameters)
    {
        var id = ++_lastId;
        var message = new JsonObject { ["id"] = id, ["method"] = method, ["params"] = parameters };
        if (_session is not null)
        {
            message["sessionId"] = _session;
        }

        Assert.True(_socket.SendAsync(JsonSerializer.SerializeToUtf8Bytes(message), WebSocketMessageType.Text, true, CancellationToken.None).Wait(Patience));
        JsonObject? answer = null;
        Receive(() => answer is not null, received => answer = (int?)received["id"] == id ? received : answer);
        Assert.True(answer!["error"] is null, $"{method}: {answer["error"]?.ToJsonString()}");
        return answer["result"]!.AsObject();
    }

    private void Receive(Func<bool> isEnough, Action<JsonObject>? onMessage = null)
    {
        var buffer = new byte[1 << 16];
        while (!isEnough())
        {
            using var message = new MemoryStream();
            WebSocketReceiveResult part;
            do
            {
                var receiving = _socket.ReceiveAsync(buffer, CancellationToken.None);
                Assert.True(receiving.Wait(Patience), "Chromium does not answer");
                part = receiving.Result;
                message.Write(buffer, 0, part.Count);
            }
            while (!part.EndOfMessage);
            var received = JsonNode.Parse(message.ToArray())!.AsObject();
            if (received["method"] is not null)
            {
                Events.Add(received);
            }

            onMessage?.Invoke(received);
        }
    }
}
