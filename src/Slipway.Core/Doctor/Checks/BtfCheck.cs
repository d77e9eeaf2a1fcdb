namespace Slipway.Core.Doctor.Checks;

/// <summary>The kernel's own types for BPF programs.</summary>
internal sealed class BtfCheck : NodeCheck
{
    private const string Folder = "/sys/kernel/btf";

    public override string Id => "bpf.btf";

    public override string Why => "programs that are built once for all kernels find their structures by it, Cilium's and the filter's among them";

    public override IEnumerable<string> Folders(NodeSubject subject) => [Folder];

    public override IEnumerable<CheckLine> Look(NodeSubject subject)
    {
        var there = subject.Folder(Folder)?.Contains("vmlinux") == true;
        yield return Judge(there, $"{Folder}/vmlinux", there ? "there" : "not there", "boot a kernel with CONFIG_DEBUG_INFO_BTF, as Talos' own");
    }
}
