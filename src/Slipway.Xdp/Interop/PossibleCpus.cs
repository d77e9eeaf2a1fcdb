namespace Slipway.Xdp.Interop;

/// <summary>CPUs that the kernel may ever bring up: a per-CPU map has a value for each of them.</summary>
internal static class PossibleCpus
{
    public static int Count { get; } = Parse(File.ReadAllText("/sys/devices/system/cpu/possible"));

    /// <summary>"0-3,8-11" counts up to the last: 12.</summary>
    public static int Parse(string list)
    {
        var last = list.Trim().Split(',', '-')[^1];
        return int.Parse(last, System.Globalization.CultureInfo.InvariantCulture) + 1;
    }
}
