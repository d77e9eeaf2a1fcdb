namespace Slipway.Core.Doctor.Checks;

/// <summary>The system extension with the filter is in the image, and its service runs.</summary>
internal sealed class ExtensionCheck : NodeCheck
{
    /// <summary>As the extension's manifest calls itself.</summary>
    internal const string Name = "slipway-xdp";

    public override string Id => "xdp.extension";

    public override string Why => "a config alone brings no extension: it is part of the installed image, and without it nothing is filtered";

    public override IEnumerable<CheckLine> Look(NodeSubject subject)
    {
        if (!subject.WantsFilter)
        {
            yield return NotApplicable("the spec asks for no filter on this node");
            yield break;
        }

        var extension = subject.Detail.Extensions.FirstOrDefault(extension => extension.Name == Name);
        yield return Judge(extension is not null, Name, extension is null ? List(subject) : $"{Name} {extension.Version}",
            "build an installer with the extension and upgrade the node to it");
        var service = subject.Detail.Services.FirstOrDefault(service => service.Id == $"ext-{Name}");
        yield return Judge(service is { State: "Running", Healthy: not false }, "Running", service is null ? "no such service" : service.Healthy == false ? $"{service.State}, not healthy: {service.Message}" : service.State,
            service is null ? "the service comes with the extension" : $"look at 'talosctl -n {subject.Node.Address} logs ext-{Name}'", $"ext-{Name}");
    }

    private static string List(NodeSubject subject) =>
        subject.Detail.Extensions.Count == 0 ? "no extension" : string.Join(", ", subject.Detail.Extensions.Select(extension => extension.Name));
}
