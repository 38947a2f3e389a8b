using System.Collections.Concurrent;
using System.Diagnostics;
using System.Globalization;
using System.Runtime.InteropServices;
using PolicyCompiler.EndToEnd.Tests.Native;

namespace PolicyCompiler.EndToEnd.Tests;

/// <summary>
/// A network namespace without a name: it belongs to one thread, and the kernel removes it with all its interfaces when
/// the thread and the sockets made on it are gone, however the test ends.
/// </summary>
internal sealed class NetworkNamespace : IDisposable
{
    private readonly BlockingCollection<Action> _work = [];
    private readonly Thread _thread;

    public NetworkNamespace()
    {
        var ready = new TaskCompletionSource<int>();
        _thread = new Thread(() => Serve(ready)) { IsBackground = true };
        _thread.Start();
        Path = string.Create(CultureInfo.InvariantCulture, $"/proc/{Environment.ProcessId}/task/{ready.Task.GetAwaiter().GetResult()}/ns/net");
    }

    /// <summary>The namespace's file, which iproute2 takes in place of a name.</summary>
    public string Path { get; }

    /// <summary>Runs on the namespace's thread: sockets made there and processes started there are inside.</summary>
    public T Run<T>(Func<T> action)
    {
        var done = new TaskCompletionSource<T>(TaskCreationOptions.RunContinuationsAsynchronously);
        _work.Add(() =>
        {
            try
            {
                done.SetResult(action());
            }
            catch (Exception error)
            {
                done.SetException(error);
            }
        });
        return done.Task.GetAwaiter().GetResult();
    }

    public void Run(Action action) => Run(() =>
    {
        action();
        return true;
    });

    /// <summary>Runs ip(8) inside with one command a line.</summary>
    public void Ip(params IEnumerable<string> commands) => Run(() =>
    {
        var start = new ProcessStartInfo("ip", "-batch -") { RedirectStandardInput = true, RedirectStandardError = true };
        using var process = Process.Start(start)!;
        process.StandardInput.Write(string.Join('\n', commands) + "\n");
        process.StandardInput.Close();
        var errors = process.StandardError.ReadToEnd();
        process.WaitForExit();
        if (process.ExitCode != 0)
        {
            throw new InvalidOperationException($"ip -batch: {errors}");
        }
    });

    /// <summary>Sets a value below /proc/sys/net of this namespace.</summary>
    public void Sysctl(string name, string value) => Run(() => File.WriteAllText("/proc/sys/net/" + name, value));

    public void Dispose()
    {
        _work.CompleteAdding();
        _thread.Join();
        _work.Dispose();
    }

    private void Serve(TaskCompletionSource<int> ready)
    {
        if (LibC.unshare(LibC.NewNetworkNamespace) != 0)
        {
            ready.SetException(new IOException($"unshare: {Marshal.GetLastPInvokeErrorMessage()}"));
            return;
        }

        ready.SetResult(LibC.gettid());
        foreach (var action in _work.GetConsumingEnumerable())
        {
            action();
        }
    }
}
