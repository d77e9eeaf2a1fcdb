using Slipway.Core.Doctor;
using Slipway.Core.Planning;
using Slipway.Tests.Planning;

namespace Slipway.Tests.Doctor;

/// <summary>A worker that runs, for tests that change one thing of it.</summary>
internal static class Subjects
{
    public static NodeSubject Worker(string? profile = "agave", int mtu = 9000, params LinkObservation[] links)
    {
        var desired = Sample.Desired(1, 1);
        var node = desired.Spec.Nodes[1] with { Profile = profile };
        return new NodeSubject
        {
            Spec = desired.Spec,
            Node = node,
            Intent = NodeIntent.Nothing,
            Seen = Sample.Configured(desired, node) with { Links = links.Length > 0 ? links : [Nic("eth0", node.Address, mtu)] },
            Moment = CheckMoments.LiveNode,
        };
    }

    public static LinkObservation Nic(string name, string? address, int mtu, int index = 2, int master = 0, string driver = "mlx5_core") =>
        new(name, "52:54:00:00:00:01", mtu, true, driver, 25_000, address is null ? [] : [address + "/24"]) { IsPhysical = true, Index = index, MasterIndex = master };

    public static LinkObservation Over(string kind, string name, string? address, int mtu, int index, int parent = 0) =>
        new(name, "52:54:00:00:00:01", mtu, true, null, 25_000, address is null ? [] : [address + "/24"]) { Kind = kind, Index = index, ParentIndex = parent };

    public static NodeSubject WithFile(this NodeSubject subject, string path, FileContent content) => subject with
    {
        Detail = subject.Detail with { Files = new Dictionary<string, FileContent>(subject.Detail.Files) { [path] = content } },
    };

    public static NodeSubject Intending(this NodeSubject subject, string config) => subject with { Intent = NodeIntentReader.Read(config) };

    /// <summary>The lines of one check.</summary>
    public static IReadOnlyList<CheckLine> Lines(this NodeSubject subject, string check) => [.. NodeChecks.Run(subject).Where(line => line.Check == check)];

    public static CheckLine Line(this NodeSubject subject, string check, string? of = null) => Assert.Single(subject.Lines(check), line => line.Of == of);
}
