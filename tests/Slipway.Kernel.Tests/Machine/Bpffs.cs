namespace Slipway.Kernel.Tests.Machine;

/// <summary>A BPF file system of the test's own, for pins that are gone with it.</summary>
internal sealed class Bpffs : IDisposable
{
    private const string Prefix = "slipway-bpffs-";

    static Bpffs()
    {
        // What tests that were killed left behind.
        foreach (var line in File.ReadLines("/proc/self/mounts").Where(line => line.Contains($"/{Prefix}", StringComparison.Ordinal)).ToList())
        {
            Programs.Try("umount", [line.Split(' ')[1]]);
        }
    }

    public Bpffs()
    {
        Root.Demand();
        Path = Directory.CreateTempSubdirectory(Prefix).FullName;
        Programs.Run("mount", ["-t", "bpf", "bpf", Path]);
    }

    public string Path { get; }

    public void Dispose()
    {
        Programs.Run("umount", [Path]);
        Directory.Delete(Path);
    }
}
