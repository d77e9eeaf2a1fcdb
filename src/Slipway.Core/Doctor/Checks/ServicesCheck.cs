namespace Slipway.Core.Doctor.Checks;

/// <summary>Talos' services run and are well.</summary>
internal sealed class ServicesCheck : NodeCheck
{
    public override string Id => "talos.service";

    public override string Why => "a node boots only when all its services are up, and one that is not for 70 minutes makes it reboot";

    public override IEnumerable<CheckLine> Look(NodeSubject subject)
    {
        if (subject.Detail.Services.Count == 0)
        {
            yield return NotApplicable("the node tells no services");
        }

        foreach (var service in subject.Detail.Services)
        {
            var well = service is { State: "Running", Healthy: not false } or { State: "Finished" };
            var got = service.Healthy == false ? $"{service.State}, not healthy: {service.Message}" : service.State;
            yield return Judge(well, "Running, healthy", got, $"look at 'talosctl -n {subject.Node.Address} logs {service.Id}'", service.Id);
        }
    }
}
