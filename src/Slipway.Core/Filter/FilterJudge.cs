using System.Globalization;
using Slipway.Core.Doctor;
using Slipway.Core.Spec;
using Slipway.Core.Versions;

namespace Slipway.Core.Filter;

/// <summary>Whether a node's filter is what the spec wants, by what Talos and the agent say. Everything that is wrong, in words.</summary>
public static class FilterJudge
{
    /// <summary>Missed this often, it is no coincidence.</summary>
    private const int Missed = 3;

    /// <summary>Image, service and agent, in this order; of the later ones nothing is said while an earlier one is missing.</summary>
    /// <param name="version">That the extension must have; null for any.</param>
    /// <param name="status">The agent's status file.</param>
    /// <param name="now">By the clock that the agent writes by, which is the node's.</param>
    /// <returns>Empty when all is well.</returns>
    public static IReadOnlyList<string> Problems(
        XdpMode mode, ReleaseVersion? version, IReadOnlyList<ExtensionObservation> extensions, IReadOnlyList<ServiceObservation> services, FileContent status, DateTimeOffset now)
    {
        if (ImageProblem(version, extensions) is { } missing)
        {
            return [missing];
        }

        if (services.FirstOrDefault(service => service.Id == FilterExtension.Service) is not { State: "Running", Healthy: not false })
        {
            var found = services.FirstOrDefault(service => service.Id == FilterExtension.Service);
            return [found is null ? $"there is no service {FilterExtension.Service}" : $"{FilterExtension.Service} is {found.State}{(found.Healthy == false ? ", not healthy" : "")}: {found.Message}"];
        }

        return Word(status, now, out var word) is { } unread ? [unread] : Agent(mode, extensions.First(extension => extension.Name == FilterExtension.Name), word!);
    }

    /// <summary>What the booted image lacks, which no waiting brings; null when it has what it must.</summary>
    public static string? ImageProblem(ReleaseVersion? version, IReadOnlyList<ExtensionObservation> extensions) =>
        extensions.FirstOrDefault(extension => extension.Name == FilterExtension.Name) is not { } extension
            ? $"its image has no extension {FilterExtension.Name} ({(extensions.Count == 0 ? "it has none" : $"it has {string.Join(", ", extensions.Select(other => other.Name))}")})"
        : version is { } wanted && !FilterExtension.HasVersion(extension.Version, wanted)
            ? $"its image has {FilterExtension.Name} {extension.Version}, not {wanted}"
        : null;

    /// <summary>Why the status file does not count; null when it does.</summary>
    public static string? Word(FileContent file, DateTimeOffset now, out FilterStatus? status)
    {
        status = file.Text is { } text ? FilterStatus.Read(text) : null;
        return file.Text is null ? file.Problem ?? $"its agent has not written {FilterExtension.StatusFile}"
            : status is null ? $"{FilterExtension.StatusFile} is not what this version of slipway reads: is the agent of another version?"
            : Silence(status.WrittenAt, status.EverySeconds, now);
    }

    /// <summary>Null while the agent writes as often as it means to.</summary>
    public static string? Silence(DateTimeOffset writtenAt, int everySeconds, DateTimeOffset now)
    {
        // A clock that is ahead has just written.
        var age = TimeSpan.FromTicks(Math.Max((now - writtenAt).Ticks, 0));
        return age > TimeSpan.FromSeconds(Missed * Math.Max(everySeconds, 1))
            ? string.Create(CultureInfo.InvariantCulture, $"the agent wrote nothing for {age.TotalSeconds:N0} s, and means to every {everySeconds} s")
            : null;
    }

    /// <summary>What is wrong by the word of an agent that writes.</summary>
    /// <param name="mode">Null for any.</param>
    public static IReadOnlyList<string> Agent(XdpMode? mode, ExtensionObservation extension, FilterStatus status)
    {
        var problems = new List<string>();
        if (status.Version != extension.Version)
        {
            problems.Add($"the agent that runs is {status.Version}, and the image has {extension.Version}");
        }

        if (status.Config is { Missing: true })
        {
            problems.Add("the agent has no configuration and goes by its defaults");
        }

        if (status.Config!.Findings is [var finding, ..])
        {
            problems.Add($"the configuration on the node is not in force: {finding}");
        }
        else if (mode is { } wanted && status.Mode != wanted)
        {
            problems.Add($"the agent's mode is {status.Mode.ToString().ToLowerInvariant()}, not {wanted.ToString().ToLowerInvariant()}");
        }

        var guarded = (status.Interfaces ?? []).Where(link => link.Slot != "off").ToList();
        problems.AddRange(guarded.Where(link => link.Attach == "none").Select(link => $"the filter is not before {link.Name}: {link.Why}"));
        if (guarded.Count == 0)
        {
            problems.Add("the filter is before no interface");
        }

        if (status.HeartbeatStale)
        {
            problems.Add("the program does not hear of its agent and lets strangers through");
        }

        problems.AddRange(status.Problems ?? []);
        return problems;
    }
}
