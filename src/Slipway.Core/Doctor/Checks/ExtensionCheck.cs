using Slipway.Core.Filter;

namespace Slipway.Core.Doctor.Checks;

/// <summary>The system extension with the filter is in the image, and its service runs.</summary>
internal sealed class ExtensionCheck : NodeCheck
{
    public override string Id => "xdp.extension";

    public override string Why => "a config alone brings no extension: it is part of the installed image, and without it nothing is filtered";

    public override IEnumerable<string> Files(NodeSubject subject) => subject.WantsFilter ? [FilterExtension.StatusFile] : [];

    public override IEnumerable<CheckLine> Look(NodeSubject subject)
    {
        if (!subject.WantsFilter)
        {
            yield return NotApplicable("the spec asks for no filter on this node");
            yield break;
        }

        var extension = subject.Detail.Extensions.FirstOrDefault(extension => extension.Name == FilterExtension.Name);
        yield return Judge(extension is not null, FilterExtension.Name, extension is null ? List(subject) : $"{FilterExtension.Name} {extension.Version}",
            "build an installer with the extension and upgrade the node to it");
        if (extension is not null && subject.Spec?.Xdp.Version is { } wanted)
        {
            yield return Judge(FilterExtension.HasVersion(extension.Version, wanted), wanted.ToString(), extension.Version, "upgrade the node to an installer with that version", "version");
        }

        var service = subject.Detail.Services.FirstOrDefault(service => service.Id == FilterExtension.Service);
        yield return Judge(service is { State: "Running", Healthy: not false }, "Running", service is null ? "no such service" : service.Healthy == false ? $"{service.State}, not healthy: {service.Message}" : service.State,
            service is null ? "the service comes with the extension" : $"look at 'talosctl -n {subject.Node.Address} logs {FilterExtension.Service}'", FilterExtension.Service);
        if (extension is not null && service is not null)
        {
            yield return Word(subject, extension);
        }
    }

    /// <summary>What the agent says of itself; of a node that does not tell its time, not whether that is fresh.</summary>
    private CheckLine Word(NodeSubject subject, ExtensionObservation extension)
    {
        var file = subject.File(FilterExtension.StatusFile);
        if (file.Problem is { } unread)
        {
            return NotApplicable($"{FilterExtension.StatusFile}: {unread}", "agent");
        }

        var problems = FilterJudge.Word(file, subject.Detail.Clock?.Local ?? DateTimeOffset.MinValue, out var status) is { } silent ? [silent] : FilterJudge.Agent(subject.Spec?.Xdp.Mode, extension, status!);
        return Judge(problems.Count == 0, "attached, by its agent's word", problems.Count == 0 ? status!.Mode.ToString().ToLowerInvariant() : string.Join("; ", problems), "'slipway xdp status' shows all that the agent says", "agent");
    }

    private static string List(NodeSubject subject) =>
        subject.Detail.Extensions.Count == 0 ? "no extension" : string.Join(", ", subject.Detail.Extensions.Select(extension => extension.Name));
}
