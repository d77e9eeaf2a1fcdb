using System.Diagnostics;
using System.Globalization;

namespace Slipway.Benchmarks.Measuring;

/// <summary>What a process has used, as the kernel counts it.</summary>
/// <param name="Cpu">User and system, of this process alone.</param>
/// <param name="ChildrenCpu">Of ended children: helm.</param>
/// <param name="Resident">Bytes now (VmRSS).</param>
/// <param name="PeakResident">Bytes at most so far (VmHWM).</param>
internal sealed record ProcessFigures(TimeSpan Cpu, TimeSpan ChildrenCpu, long Resident, long PeakResident)
{
    public static ProcessFigures Now()
    {
        using var self = Process.GetCurrentProcess();
        return new ProcessFigures(self.TotalProcessorTime, Children(), StatusBytes("VmRSS"), StatusBytes("VmHWM"));
    }

    /// <summary>Fields 16 and 17 of proc(5)'s stat, in ticks of 1/100 s; counted from behind the name, which may hold blanks.</summary>
    private static TimeSpan Children()
    {
        var stat = File.ReadAllText("/proc/self/stat");
        var fields = stat[(stat.LastIndexOf(')') + 2)..].Split(' ');
        return TimeSpan.FromMilliseconds(10 * (Number(fields[13]) + Number(fields[14])));
    }

    private static long StatusBytes(string key)
    {
        var line = File.ReadLines("/proc/self/status").First(line => line.StartsWith(key + ":", StringComparison.Ordinal));
        return 1024 * Number(line.Split(default(char[]), StringSplitOptions.RemoveEmptyEntries)[1]);
    }

    private static long Number(string text) => long.Parse(text, CultureInfo.InvariantCulture);
}
