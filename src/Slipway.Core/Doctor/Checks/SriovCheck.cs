using System.Globalization;
using Slipway.Core.Planning;

namespace Slipway.Core.Doctor.Checks;

/// <summary>Virtual functions of the NIC.</summary>
internal sealed class SriovCheck : NodeCheck
{
    public override string Id => "link.sriov";

    public override string Why => "frames for a virtual function pass the NIC's XDP hook and the host's firewall by";

    public override IEnumerable<string> Files(NodeSubject subject) => subject.Nics.SelectMany(nic => (string[])[Total(nic), Used(nic)]);

    public override IEnumerable<CheckLine> Look(NodeSubject subject)
    {
        if (subject.Nics.Count == 0)
        {
            yield return NotApplicable("no physical link carries the node's traffic");
        }

        foreach (var nic in subject.Nics)
        {
            var (total, used) = (subject.File(Total(nic)), subject.File(Used(nic)));
            if (total.Text is not { } most || used.Text is not { } now)
            {
                yield return Unread(Total(nic), total, () => NotApplicable("the NIC has no virtual functions", nic.Name), nic.Name);
                continue;
            }

            var wanted = subject.Intent.Sysfs.FirstOrDefault(setting => setting.Path == Used(nic))?.Value;
            var got = $"{now} of {most}";
            yield return wanted is not null ? Judge(wanted == now, $"{wanted} of {most}", got, "numvfs can only be changed by way of 0: reboot the node", nic.Name)
                : !subject.WantsXdp ? Pass("any number", got, nic.Name)
                : Judge(int.TryParse(now, CultureInfo.InvariantCulture, out var functions) && functions == 0, $"0 of {most}", got, "what reaches the virtual functions is not filtered: switch them off, or filter there too", nic.Name, CheckOutcome.Warn);
        }
    }

    private static string Total(LinkObservation nic) => $"/sys/class/net/{nic.Name}/device/sriov_totalvfs";

    private static string Used(LinkObservation nic) => $"/sys/class/net/{nic.Name}/device/sriov_numvfs";
}
