using System.Text.Json.Nodes;
using Slipway.Rehearsal.Kubernetes.Json;
using Slipway.Rehearsal.Kubernetes.Writing;

namespace Slipway.Rehearsal.Kubernetes.Http;

/// <summary>create, update, patch, delete and deletecollection, and the few subresources that write.</summary>
internal sealed class WriteEndpoint(KubernetesStore store, ObjectWriter writer, ObjectDeleter deleter)
{
    public async Task CreateAsync(ResourceRequest request)
    {
        var body = await RequestBody.ReadObjectAsync(request.Http);
        if (request.Type.IsReview)
        {
            await Answer.JsonAsync(request.Http, 201, ReviewAnswer.To(body, request.Http.User));
            return;
        }

        if (request is { Type.Kind: "Pod", Subresource: "eviction" })
        {
            Evict(request, DeleteOptions.Read(body["deleteOptions"], "", null, false));
            await Answer.JsonAsync(request.Http, 201, Answer.Success(request.Type, request.Name, null));
            return;
        }

        if (request.Name.Length > 0)
        {
            throw ApiException.NoSuchPath();
        }

        await Answer.JsonAsync(request.Http, 201, writer.Create(request.Type, request.Namespace, body, request.WriteOptions()));
    }

    public async Task UpdateAsync(ResourceRequest request)
    {
        var body = await RequestBody.ReadObjectAsync(request.Http);
        await Answer.JsonAsync(request.Http, 200, writer.Update(request.Type, request.Namespace, request.Name, body, request.WriteOptions()));
    }

    public async Task PatchAsync(ResourceRequest request)
    {
        var kind = (request.Http.Request.ContentType ?? "").Split(';')[0] switch
        {
            "application/json-patch+json" => PatchKind.Json,
            "application/merge-patch+json" => PatchKind.Merge,
            "application/strategic-merge-patch+json" => PatchKind.Strategic,
            "application/apply-patch+yaml" => PatchKind.Apply,
            var other => throw new ApiException(415, "UnsupportedMediaType",
                $"the body of the request was in an unknown format ({other}) - accepted media types include: application/json-patch+json, application/merge-patch+json, application/strategic-merge-patch+json, application/apply-patch+yaml"),
        };
        var patch = await RequestBody.ReadAsync(request.Http);
        var (json, isNew) = writer.Patch(request.Type, request.Namespace, request.Name, kind, patch, request.WriteOptions());
        await Answer.JsonAsync(request.Http, isNew ? 201 : 200, json);
    }

    public async Task DeleteAsync(ResourceRequest request)
    {
        var options = await OptionsAsync(request);
        var uid = store.Find(request.Type, request.Namespace, request.Name)?.Uid;
        var marked = Delete(request, request.Name, options);
        await Answer.JsonAsync(request.Http, 200, marked?.Json ?? Answer.Success(request.Type, request.Name, uid));
    }

    public async Task DeleteCollectionAsync(ResourceRequest request)
    {
        var options = await OptionsAsync(request);
        var selector = request.Selector();
        var doomed = store.List(request.Type, request.Namespace).Items.Where(selector.Matches).ToList();
        foreach (var item in doomed)
        {
            Delete(request with { Namespace = item.Namespace }, item.Name, options with { Uid = item.Uid });
        }

        await Answer.JsonAsync(request.Http, 200, new JsonObject
        {
            ["kind"] = request.Type.ListKind,
            ["apiVersion"] = request.Type.GroupVersion,
            ["metadata"] = new JsonObject(),
            ["items"] = doomed.Select(item => (JsonNode?)item.Json.Clone()).ToJsonArray(),
        });
    }

    private void Evict(ResourceRequest request, DeleteOptions options)
    {
        // Budgets are counted and the pod is taken out of the count in one: two evictions of the same moment cannot both be the last allowed.
        lock (store.Gate)
        {
            if (store.Find(request.Type, request.Namespace, request.Name) is { } pod)
            {
                DisruptionBudgets.Demand(store, pod);
            }

            Delete(request, request.Name, options);
        }
    }

    private Storage.StoredObject? Delete(ResourceRequest request, string name, DeleteOptions options) =>
        deleter.Delete(request.Type, request.Namespace, name, options);

    private static async Task<DeleteOptions> OptionsAsync(ResourceRequest request) => DeleteOptions.Read(
        await RequestBody.ReadAsync(request.Http), request.Query("propagationPolicy"), request.QueryNumber("gracePeriodSeconds"), request.Query("dryRun") == "All");
}
