using Slipway.Cli.Output;
using Slipway.Core.MachineConfig;
using Slipway.Core.Planning;
using Spectre.Console;

namespace Slipway.Tests.Cli.Output;

public sealed class PlanViewTests
{
    [Fact]
    public void A_plan_reads_by_phase_and_node_with_what_it_costs()
    {
        var plan = new Plan(
        [
            Action("configure", "cp-1", ActionKind.Create, ActionCost.Install, "install Talos v1.13.0 on S1 [nvme]"),
            Action("configure", "w-1", ActionKind.Update, ActionCost.Reboot, "change the machine config") with
            {
                Changes =
                [
                    new ConfigChange { Kind = ChangeKind.Changed, Document = "v1alpha1", Path = "machine.network.hostname", Before = "\"a\"", After = "\"b\"" },
                    new ConfigChange { Kind = ChangeKind.Added, Document = "LinkConfig/enp1s0", Path = "" },
                ],
            },
            Action("bootstrap", "etcd", ActionKind.Execute, ActionCost.Live, "bootstrap etcd on cp-1"),
        ],
        ["w-1 has no fingerprint"]);

        Assert.Equal(
            """
            warning: w-1 has no fingerprint
            configure
              cp-1
                + install Talos v1.13.0 on S1 [nvme]  (install)
              w-1
                ~ change the machine config  (reboot)
                    ~ v1alpha1 machine.network.hostname = "a" -> "b"
                    + LinkConfig/enp1s0

            bootstrap
              etcd
                ! bootstrap etcd on cp-1  (live)

            Plan: 1 to create, 1 to update, 0 to delete, 1 to execute; 1 install, 1 reboot

            """, Written(plan));
    }

    [Fact]
    public void An_empty_plan_says_so() => Assert.Equal("No changes. What is there is what the spec says.\n", Written(new Plan([], [])));

    private static PlannedAction Action(string phase, string target, ActionKind kind, ActionCost cost, string summary) =>
        new() { Phase = phase, Target = target, Kind = kind, Cost = cost, Summary = summary };

    private static string Written(Plan plan)
    {
        using var text = new StringWriter();
        var console = AnsiConsole.Create(new AnsiConsoleSettings { Ansi = AnsiSupport.No, ColorSystem = ColorSystemSupport.NoColors, Out = new AnsiConsoleOutput(text) });
        console.Profile.Width = 200;
        PlanView.Write(console, plan);
        return text.ToString();
    }
}
