namespace Slipway.Core.Spec;

/// <summary>The names of the clients, as cluster.yaml and talos-patches write them.</summary>
public static class ValidatorClients
{
    private static readonly (ValidatorClient Client, string Name)[] s_names =
    [
        (ValidatorClient.Agave, "agave"),
        (ValidatorClient.AgaveXdp, "agave-xdp"),
        (ValidatorClient.Firedancer, "firedancer"),
        (ValidatorClient.Rpc, "rpc"),
        (ValidatorClient.None, "none"),
    ];

    public static IReadOnlyList<string> Names { get; } = [.. s_names.Select(entry => entry.Name)];

    /// <summary>None for a name that is no client's.</summary>
    public static ValidatorClient Named(string? name) => s_names.FirstOrDefault(entry => entry.Name == name).Client;

    public static string Text(this ValidatorClient client) => s_names.First(entry => entry.Client == client).Name;
}
