using Slipway.Core.Planning.Upgrades;

namespace Slipway.Core.Doctor.Checks;

/// <summary>Kernel arguments that really arrived.</summary>
internal sealed class CmdlineCheck : NodeCheck
{
    private const string Cmdline = "/proc/cmdline";

    private static readonly string[] Mandatory = ["pti=on", "slab_nomerge"];

    public override string Id => "kernel.cmdline";

    public override string Why => "arguments in a machine config are silently ignored when the node boots by UKI; only this file tells";

    public override IEnumerable<string> Files(NodeSubject subject) => [Cmdline];

    public override IEnumerable<CheckLine> Look(NodeSubject subject)
    {
        if (subject.File(Cmdline) is not { Text: { } text })
        {
            yield return Unread(Cmdline, subject.File(Cmdline), () => Fail("a kernel command line", "none", "is this Linux?"));
            yield break;
        }

        var there = text.Split(' ', StringSplitOptions.RemoveEmptyEntries).ToHashSet(StringComparer.Ordinal);
        foreach (var argument in Mandatory)
        {
            yield return Judge(there.Contains(argument), argument, there.Contains(argument) ? argument : "not there", "put it back into the image: Talos does not boot for long without it", argument);
        }

        var missing = subject.Spec is { } spec ? KernelArgumentCheck.Missing(spec.For(subject.Node), subject.Node, subject.Seen).ToDictionary(found => found.Argument, found => found.Why) : [];
        foreach (var argument in subject.Intent.KernelArguments.Except(Mandatory).Distinct())
        {
            var (name, other) = (Name(argument), there.FirstOrDefault(found => Name(found) == Name(argument)));
            yield return argument.StartsWith('-')
                ? Judge(!there.Any(found => found == argument[1..] || Name(found) == argument[1..]), $"no {argument[1..]}", there.FirstOrDefault(found => Name(found) == Name(argument[1..])) ?? "not there", Fix(subject), argument[1..])
                : Judge(there.Contains(argument), argument, there.Contains(argument) ? argument : other ?? "not there", missing.GetValueOrDefault(argument) ?? Fix(subject), name);
        }
    }

    private static string Fix(NodeSubject subject) => subject.Detail.Security?.BootedWithUki == true
        ? "the node boots by UKI: bake the argument into the installer image or schematic and upgrade to it"
        : "upgrade the node to an installer that carries the argument; changing the config alone does nothing";

    private static string Name(string argument) => argument.Split('=', 2)[0];
}
