namespace Slipway.Rehearsal.Clusters;

/// <summary>Stands where nobody shall reach a Kubernetes API.</summary>
internal sealed class NoKubernetes : IRehearsedKubernetes
{
    public event Action<string, bool>? NodeReadyChanged
    {
        add { }
        remove { }
    }

    public void Start(KubernetesBirth birth)
    {
    }

    public void Register(KubeletRegistration kubelet)
    {
    }

    public void SetUp(string node, bool up)
    {
    }

    public void SetAvailable(bool available)
    {
    }
}
