using Slipway.Kubernetes;
using Slipway.Kubernetes.Helm;

namespace Slipway.EndToEnd.Tests;

/// <summary>The real clients, as the program itself finds helm.</summary>
internal static class Tools
{
    public static string Helm { get; } = HelmLocator.Find();

    public static string Kubectl { get; } = ToolLocator.Find("kubectl", "SLIPWAY_KUBECTL", Environment.GetEnvironmentVariable, AppContext.BaseDirectory)
        ?? throw new FileNotFoundException("no kubectl: set SLIPWAY_KUBECTL, or put it into .tools/bin");
}
