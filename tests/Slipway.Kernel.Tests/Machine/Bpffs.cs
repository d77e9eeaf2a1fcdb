using System.Globalization;

namespace Slipway.Kernel.Tests.Machine;

/// <summary>A BPF file system of the test's own, for pins that are gone with it.</summary>
internal sealed class Bpffs : IDisposable
{
    private const string Prefix = "slipway-bpf-";

    static Bpffs()
    {
        // What tests that were killed left behind; others may run beside these.
        foreach (var mount in File.ReadLines("/proc/self/mounts").Select(line => line.Split(' ')[1]).Where(mount => mount.Contains($"/{Prefix}", StringComparison.Ordinal)).ToList())
        {
            var process = mount[(mount.IndexOf(Prefix, StringComparison.Ordinal) + Prefix.Length)..].Split('-')[0];
            if (!Directory.Exists($"/proc/{process}"))
            {
                Programs.Try("umount", [mount]);
            }
        }
    }

    public Bpffs()
    {
        Root.Demand();
        Path = Directory.CreateTempSubdirectory(string.Create(CultureInfo.InvariantCulture, $"{Prefix}{Environment.ProcessId}-")).FullName;
        Programs.Run("mount", ["-t", "bpf", "bpf", Path]);
    }

    public string Path { get; }

    public void Dispose()
    {
        Programs.Run("umount", [Path]);
        Directory.Delete(Path);
    }
}
