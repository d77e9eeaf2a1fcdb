using Slipway.Rehearsal.Clusters;

namespace Slipway.Tests.Rehearsal.Nodes;

/// <summary>Keeps what the nodes told it; a test decides when a CNI runs.</summary>
internal sealed class FakeKubernetes : IRehearsedKubernetes
{
    public event Action<string, bool>? NodeReadyChanged;

    public List<KubernetesBirth> Births { get; } = [];

    public SortedSet<string> Registered { get; } = [];

    public bool Available { get; private set; }

    public void Start(KubernetesBirth birth) => Births.Add(birth);

    public void Register(KubeletRegistration kubelet) => Registered.Add(kubelet.Name);

    public void SetUp(string node, bool up)
    {
    }

    public void SetAvailable(bool available) => Available = available;

    public void CniRuns()
    {
        foreach (var node in Registered.ToList())
        {
            NodeReadyChanged?.Invoke(node, true);
        }
    }
}
