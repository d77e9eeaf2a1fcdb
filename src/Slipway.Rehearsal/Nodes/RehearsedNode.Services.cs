using Slipway.Rehearsal.Resources;
using Slipway.Talos.Wire.Machine;

namespace Slipway.Rehearsal.Nodes;

/// <content>Talos' own services.</content>
internal sealed partial class RehearsedNode
{
    private readonly SortedDictionary<string, ServiceState> _services = new(StringComparer.Ordinal);

    /// <summary>In the order of their names.</summary>
    public IReadOnlyCollection<ServiceState> Services => _services.Values;

    private string[] RequiredServices => IsControlPlane ? ["apid", "machined", "kubelet", "etcd", "trustd"] : ["apid", "machined", "kubelet"];

    /// <summary>Stops a service and starts it again some seconds later.</summary>
    public string RestartService(string id)
    {
        lock (_world.Gate)
        {
            if (!_services.TryGetValue(id, out var service))
            {
                throw new Refusal(RefusalCode.NotFound, $"service \"{id}\" not found");
            }

            if (id is not ("kubelet" or "cri" or "trustd") && !id.StartsWith("ext-", StringComparison.Ordinal))
            {
                throw new Refusal(RefusalCode.Unknown, $"service \"{id}\" doesn't support restart operation via API");
            }

            Service(id, "Stopping", "Sending SIGTERM", null);
            After(Takes(2, 5, "restart"), () => Service(id, "Running", "Started task " + id, service.Healthy is null ? null : true));
            return $"Service \"{id}\" restarted";
        }
    }

    public string StartService(string id) => ForExtension(id, "Running", "Service \"{0}\" started");

    public string StopService(string id) => ForExtension(id, "Finished", "Service \"{0}\" stopped");

    private string ForExtension(string id, string state, string answer)
    {
        lock (_world.Gate)
        {
            if (!_services.ContainsKey(id))
            {
                throw new Refusal(RefusalCode.NotFound, $"service \"{id}\" not found");
            }

            if (!id.StartsWith("ext-", StringComparison.Ordinal))
            {
                throw new Refusal(RefusalCode.Unknown, $"service \"{id}\" doesn't support this operation via API");
            }

            Service(id, state, "by request", null);
            return string.Format(System.Globalization.CultureInfo.InvariantCulture, answer, id);
        }
    }

    private void Service(string id, string state, string message, bool? healthy)
    {
        if (!_services.TryGetValue(id, out var service))
        {
            _services[id] = service = new ServiceState(id);
        }

        service.Set(state, message, healthy, _world.Clock.GetUtcNow());
        Publish(new ServiceStateEvent
        {
            Service = id,
            Action = Enum.TryParse<ServiceStateEvent.Types.Action>(state, ignoreCase: true, out var action) ? action : ServiceStateEvent.Types.Action.Running,
            Message = message,
            Health = new ServiceHealth { Unknown = healthy is null, Healthy = healthy == true },
        });
        Changed(ResourceTypes.Service);
        StatusChanged();
    }

    private void Up(string id, bool? healthy = true) => Service(id, "Running", healthy is null ? "Started" : "Health check successful", healthy);
}
