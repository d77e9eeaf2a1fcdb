using System.Text.RegularExpressions;
using Slipway.Core.Diagnostics;
using Slipway.Extension.Manifests;

namespace Slipway.Extension.Services;

/// <summary>
/// Reads a service definition by Talos' rules (<c>pkg/machinery/extensions/services/services.go</c>), and finds what Talos takes
/// and a node then suffers from: services that hold up the boot, or that use /var before it is mounted.
/// </summary>
public static partial class ServiceDefinitionReader
{
    private static readonly string[] s_networkStates = ["addresses", "connectivity", "hostname", "etcfiles"];
    private static readonly string[] s_restarts = ["always", "never", "untilSuccess"];

    /// <returns>Null when there are errors; every finding is added to <paramref name="findings"/>.</returns>
    public static ServiceDefinition? Read(string file, string text, ICollection<Diagnostic> findings)
    {
        var own = new List<Diagnostic>();
        var service = MappingReader.Open(file, text, own) is { } root ? Read(root) : null;
        own.ForEach(findings.Add);
        return own.Any(finding => finding.Severity == Severity.Error) ? null : service;
    }

    private static ServiceDefinition? Read(MappingReader root)
    {
        var name = root.Text("name", required: true) ?? "";
        if (name.Length > 0 && !NamePattern().IsMatch(name))
        {
            root.Error("name", $"'{name}' is no name of a service", "lower-case letters, digits, - and _");
        }

        var restart = root.Text("restart", required: true) ?? "";
        if (restart.Length > 0 && !s_restarts.Contains(restart, StringComparer.Ordinal))
        {
            root.Error("restart", $"'{restart}' is no restart policy", string.Join(", ", s_restarts));
        }
        else if (restart is "never")
        {
            root.Warning("restart", "when it ends with an error the boot never completes, and Talos reboots the node after 70 minutes", "always");
        }

        var (services, paths) = Dependencies(root);
        _ = root.Flag("logToConsole");
        var container = root.Mapping("container", required: true);
        root.WarnOfUnknownKeys();
        if (container is null)
        {
            return null;
        }

        var mounts = Mounts(container);
        var early = mounts.FirstOrDefault(mount => mount.Source is "/var" || mount.Source.StartsWith("/var/", StringComparison.Ordinal));
        if (early is not null && !services.Contains("cri", StringComparer.Ordinal) && !services.Contains("kubelet", StringComparer.Ordinal) && !paths.Any(path => path.StartsWith("/var/", StringComparison.Ordinal)))
        {
            container.Warning("mounts", $"{early.Source} is used before /var is mounted: extension services start in maintenance mode already", "depends: [{service: cri}]");
        }

        var security = container.Mapping("security");
        var service = new ServiceDefinition
        {
            Name = name,
            Entrypoint = container.Text("entrypoint", required: true) ?? "",
            Arguments = container.Texts("args"),
            Environment = container.Texts("environment"),
            Mounts = mounts,
            WriteableRootfs = security?.Flag("writeableRootfs") ?? false,
            WriteableSysfs = security?.Flag("writeableSysfs") ?? false,
            MaskedPaths = security?.Has("maskedPaths") == true ? security.Texts("maskedPaths") : null,
            ReadonlyPaths = security?.Has("readonlyPaths") == true ? security.Texts("readonlyPaths") : null,
            After = services,
            AfterPaths = paths,
            Restart = restart,
        };
        if (container.Text("environmentFile") is { Length: > 0 } awaited)
        {
            container.Warning("environmentFile", $"the boot waits for {awaited}, and without it Talos reboots the node after 70 minutes", "environment, or ExtensionServiceConfig");
        }

        _ = security?.Texts("maskedPaths");
        _ = security?.Texts("readonlyPaths");
        _ = security?.Text("rootfsPropagation");
        security?.WarnOfUnknownKeys();
        container.WarnOfUnknownKeys();
        return service;
    }

    private static (IReadOnlyList<string> Services, IReadOnlyList<string> Paths) Dependencies(MappingReader root)
    {
        var (services, paths) = (new List<string>(), new List<string>());
        foreach (var entry in root.Mappings("depends"))
        {
            var (service, path, states) = (entry.Text("service") ?? "", entry.Text("path") ?? "", entry.Texts("network"));
            var (time, configuration) = (entry.Flag("time") == true, entry.Flag("configuration") == true);
            var kinds = new[] { service.Length > 0, path.Length > 0, states.Count > 0, time, configuration }.Count(given => given);
            if (kinds != 1)
            {
                entry.Error("", kinds == 0 ? "an entry that waits for nothing" : "an entry that waits for more than one thing", "one of service, path, network, time, configuration");
            }

            if (path.Length > 0 && !path.StartsWith('/'))
            {
                entry.Error("path", $"'{path}' is not absolute");
            }

            foreach (var state in states.Where(state => !s_networkStates.Contains(state, StringComparer.Ordinal)))
            {
                entry.Error("network", $"'{state}' is no state of the network", string.Join(", ", s_networkStates));
            }

            if (configuration)
            {
                entry.Warning("configuration", "without an ExtensionServiceConfig the boot never completes, and Talos reboots the node after 70 minutes", "a service that starts without");
            }

            entry.WarnOfUnknownKeys();
            services.AddRange(service.Length > 0 ? [service] : []);
            paths.AddRange(path.Length > 0 ? [path] : []);
        }

        return (services, paths);
    }

    private static List<ServiceMount> Mounts(MappingReader container)
    {
        var mounts = new List<ServiceMount>();
        foreach (var entry in container.Mappings("mounts"))
        {
            var mount = new ServiceMount(entry.Text("source") ?? "", entry.Text("destination", required: true) ?? "", entry.Text("type") ?? "", entry.Texts("options"));
            entry.WarnOfUnknownKeys();
            mounts.Add(mount);
        }

        return mounts;
    }

    [GeneratedRegex("^[-_a-z0-9]+$", RegexOptions.CultureInvariant)]
    private static partial Regex NamePattern();
}
