using Slipway.Core.MachineConfig;
using Slipway.Core.Planning;

namespace Slipway.Cli.Output;

/// <summary>Terraform's signs, which operators read without a legend, and ! for what is done rather than made.</summary>
internal static class Symbols
{
    public static (char Sign, string Color) Of(ActionKind kind) => kind switch
    {
        ActionKind.Create => ('+', "green"),
        ActionKind.Update => ('~', "yellow"),
        ActionKind.Delete => ('-', "red"),
        ActionKind.Execute => ('!', "blue"),
        _ => throw new ArgumentOutOfRangeException(nameof(kind)),
    };

    public static (char Sign, string Color) Of(ChangeKind kind) => kind switch
    {
        ChangeKind.Added => ('+', "green"),
        ChangeKind.Changed => ('~', "yellow"),
        ChangeKind.Removed => ('-', "red"),
        _ => throw new ArgumentOutOfRangeException(nameof(kind)),
    };

    public static string Color(ActionCost cost) => cost switch
    {
        ActionCost.Live => "green",
        ActionCost.Reboot => "yellow",
        ActionCost.Install or ActionCost.Upgrade => "red",
        _ => throw new ArgumentOutOfRangeException(nameof(cost)),
    };
}
