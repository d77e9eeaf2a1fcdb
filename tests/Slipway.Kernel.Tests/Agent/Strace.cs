using System.Globalization;

namespace Slipway.Kernel.Tests.Agent;

/// <summary>
/// strace, as the one that kills: at the Nth call that may change what outlives a process (bpf, and making and removing names), before
/// the kernel does it. Writes to mapped tables lie between such calls.
/// </summary>
internal static class Strace
{
    private const string Calls = "bpf,mkdir,rmdir,unlink,rename";

    public static IReadOnlyList<string> KillAt(int call) =>
    [
        "strace", "-f", "-o", "/dev/null", "-e", $"trace={Calls}", "-e",
        string.Create(CultureInfo.InvariantCulture, $"inject={Calls}:signal=KILL:when={call}"),
    ];

    public static IReadOnlyList<string> RecordTo(string file) => ["strace", "-f", "-o", file, "-e", $"trace={Calls}"];

    /// <summary>The calls that only load the program (nothing of it outlives the process), from the first such call on: first and last, counted from 1.</summary>
    public static (int First, int Last) LoadingIn(string file)
    {
        string[] loading = ["BPF_PROG_LOAD", "BPF_MAP_CREATE", "BPF_BTF_LOAD", "BPF_PROG_BIND_MAP", "BPF_MAP_FREEZE", "BPF_MAP_UPDATE_ELEM"];
        var calls = File.ReadLines(file).Where(line => line.Contains('(') && !line.Contains("resumed>", StringComparison.Ordinal)).ToList();
        var first = calls.FindIndex(IsLoading);
        var after = calls.FindIndex(first, call => !IsLoading(call));
        return (first + 1, after);

        bool IsLoading(string call) => loading.Any(word => call.Contains(word, StringComparison.Ordinal));
    }
}
