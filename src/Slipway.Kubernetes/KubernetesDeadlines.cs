namespace Slipway.Kubernetes;

/// <summary>How long a call to the Kubernetes API may take, connection included.</summary>
internal static class KubernetesDeadlines
{
    public static readonly TimeSpan Connect = TimeSpan.FromSeconds(5);

    public static readonly TimeSpan Ready = TimeSpan.FromSeconds(10);

    public static readonly TimeSpan Read = TimeSpan.FromSeconds(20);

    /// <summary>Admission webhooks may take up to 30 seconds each by themselves.</summary>
    public static readonly TimeSpan Write = TimeSpan.FromSeconds(40);
}
