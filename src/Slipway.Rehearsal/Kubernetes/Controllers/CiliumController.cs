using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Slipway.Rehearsal.Kubernetes.Json;
using Slipway.Rehearsal.Kubernetes.Resources;
using Slipway.Rehearsal.Kubernetes.Storage;

namespace Slipway.Rehearsal.Kubernetes.Controllers;

/// <summary>
/// The part of the Cilium operator that others see: once its Deployment is available it registers the CRDs, and it marks each policy Valid or not.
/// As in 1.16 it refuses a port that is a range in a string, and lets much pass that the agents would refuse.
/// </summary>
internal sealed partial class CiliumController(ObjectAccess objects, WorkQueue queue, TimeProvider time) : IController
{
    private const string Operator = "cilium-operator";
    private static readonly TimeSpan PolicyDelay = TimeSpan.FromSeconds(2);
    private static readonly string[] Policies = ["ciliumnetworkpolicies.cilium.io", "ciliumclusterwidenetworkpolicies.cilium.io"];

    public void Observe(StoreEvent change)
    {
        if (change.StorageKey == BuiltInResources.Deployments.StorageKey && change.Object.Name == Operator && IsAvailable(change.Object))
        {
            queue.Add(this, Operator);
        }
        else if (Policies.Contains(change.StorageKey) && change.Change != StoreChange.Deleted)
        {
            queue.Add(this, $"{change.StorageKey}/{ObjectKey.Of(change.Object)}", PolicyDelay);
        }
    }

    public void Reconcile(string key)
    {
        if (key == Operator)
        {
            Register();
            return;
        }

        var parts = key.Split('/');
        if (objects.Store.Registry.Stored(parts[0]) is { } type && objects.Find(type, parts[1], parts[2]) is { } policy && OperatorRuns())
        {
            Judge(type, policy);
        }
    }

    private bool OperatorRuns() => objects.Store.List(BuiltInResources.Deployments).Items.Any(item => item.Name == Operator && IsAvailable(item));

    private static bool IsAvailable(StoredObject deployment) => !deployment.IsDeleting && Conditions.IsTrue(deployment.Json, "Available");

    private void Register()
    {
        foreach (var definition in CiliumDefinitions.All())
        {
            if (objects.Find(BuiltInResources.CustomResourceDefinitions, "", definition.Text("metadata", "name")!) is null)
            {
                objects.Create(BuiltInResources.CustomResourceDefinitions, "", definition);
            }
        }

        // Policies that came while no operator ran are judged now.
        foreach (var type in Policies.Select(objects.Store.Registry.Stored).OfType<ResourceType>())
        {
            foreach (var policy in objects.Store.List(type).Items)
            {
                queue.Add(this, $"{type.StorageKey}/{ObjectKey.Of(policy)}", PolicyDelay);
            }
        }
    }

    private void Judge(ResourceType type, StoredObject policy)
    {
        var problem = Rules(policy.Json).SelectMany(Ports).Select(ProblemOf).FirstOrDefault(problem => problem is not null);
        objects.ChangeStatus(type, policy, status =>
        {
            if (problem is null)
            {
                Conditions.Set(status, "Valid", "True", "", "Policy validation succeeded", time.GetUtcNow());
            }
            else
            {
                Conditions.Set(status, "Valid", "False", "", problem, time.GetUtcNow());
            }
        });
    }

    private static IEnumerable<JsonNode> Rules(JsonObject policy) => policy.Items("specs").Concat(policy["spec"] is JsonObject single ? [single] : []);

    private static IEnumerable<JsonObject> Ports(JsonNode rule) =>
        ((string[])["ingress", "ingressDeny", "egress", "egressDeny"]).SelectMany(name => rule.Items(name)).SelectMany(item => item.Items("toPorts")).SelectMany(item => item.Items("ports"));

    private static string? ProblemOf(JsonObject port) => port.Text("port") switch
    {
        null => "Port must be specified",
        var text when ServiceName().IsMatch(text) => null,
        var text when ushort.TryParse(text, System.Globalization.NumberStyles.None, System.Globalization.CultureInfo.InvariantCulture, out _) => null,
        var text => $"Unable to parse port: strconv.ParseUint: parsing \"{text}\": invalid syntax",
    };

    // RFC 6335: a service name has at least one letter. "8000-8002" has none.
    [GeneratedRegex(@"^(?=.{1,15}\z)(?=.*[A-Za-z])[A-Za-z0-9]+(-[A-Za-z0-9]+)*\z", RegexOptions.CultureInvariant)]
    private static partial Regex ServiceName();
}
