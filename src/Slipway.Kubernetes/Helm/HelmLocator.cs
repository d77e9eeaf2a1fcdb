using Slipway.Core.Failures;

namespace Slipway.Kubernetes.Helm;

/// <summary>Finds the helm program: SLIPWAY_HELM, then .tools/bin/helm beside the executable or in a folder above it, then PATH.</summary>
public static class HelmLocator
{
    public const string Variable = "SLIPWAY_HELM";

    /// <summary>An absolute path.</summary>
    /// <exception cref="SlipwayException">There is no helm (Helm), or SLIPWAY_HELM names a file that is not there (BadInput).</exception>
    public static string Find() => Find(Environment.GetEnvironmentVariable, AppContext.BaseDirectory);

    internal static string Find(Func<string, string?> environment, string start) =>
        ToolLocator.Find("helm", Variable, environment, start) ?? throw new SlipwayException(FailureReason.Helm, "there is no helm to run")
        {
            Expected = "helm 3.14 or later",
            Hint = $"install helm, or set {Variable} to its path",
        };
}
