using System.Text.Json.Nodes;
using Google.Protobuf;

namespace Slipway.Rehearsal.Kubernetes.Http;

/// <summary>
/// Kubernetes protobuf as helm and typed Go clients post it: the bytes <c>k8s\0</c>, a runtime.Unknown {1 typeMeta {1 apiVersion, 2 kind}, 2 raw},
/// and the object in raw. Known are what helm keeps (Secret, ConfigMap, Namespace), DeleteOptions, Eviction and the reviews; the field numbers are those of
/// the generated.proto files in k8s.io/api and k8s.io/apimachinery.
/// </summary>
internal static class ProtobufBody
{
    public const string ContentType = "application/vnd.kubernetes.protobuf";

    private static ReadOnlySpan<byte> Magic => "k8s\0"u8;

    /// <exception cref="ApiException">415 for another kind, 400 for bytes that are no such message.</exception>
    public static JsonObject Read(byte[] body)
    {
        if (!body.AsSpan().StartsWith(Magic))
        {
            throw ApiException.BadRequest("the body does not begin with the magic bytes of Kubernetes protobuf");
        }

        try
        {
            var (json, raw) = (new JsonObject(), Array.Empty<byte>());
            Each(body[Magic.Length..], (field, input) =>
            {
                switch (field)
                {
                    case 1:
                        Each(Bytes(input), (part, meta) => Put(json, part == 1 ? "apiVersion" : part == 2 ? "kind" : null, meta));
                        break;
                    case 2:
                        raw = Bytes(input);
                        break;
                    default:
                        input.SkipLastField();
                        break;
                }
            });
            Content(json, raw);
            return json;
        }
        catch (InvalidProtocolBufferException error)
        {
            throw ApiException.BadRequest($"the body is not valid Kubernetes protobuf: {error.Message}");
        }
    }

    private static void Content(JsonObject json, byte[] raw)
    {
        switch (json["kind"]?.GetValue<string>())
        {
            case "Secret":
                Each(raw, (field, input) => SecretField(json, field, input));
                break;
            case "ConfigMap":
                Each(raw, (field, input) => ConfigMapField(json, field, input));
                break;
            case "Namespace":
                Each(raw, (field, input) => NamespaceField(json, field, input));
                break;
            case "DeleteOptions":
                Each(raw, (field, input) => DeleteOptionsField(json, field, input));
                break;
            case "Eviction":
                Each(raw, (field, input) => EvictionField(json, field, input));
                break;
            case "SelfSubjectReview" or "SelfSubjectAccessReview" or "SelfSubjectRulesReview" or "SubjectAccessReview":
                // What they ask does not matter: everything is allowed.
                break;
            case var kind:
                throw new ApiException(415, "UnsupportedMediaType", $"a {kind} is read as JSON only here, not as {ContentType}");
        }
    }

    private static void SecretField(JsonObject json, int field, CodedInputStream input)
    {
        switch (field)
        {
            case 1:
                json["metadata"] = Metadata(Bytes(input));
                break;
            case 2:
                Entry(json, "data", input, value => Convert.ToBase64String(value.ToByteArray()));
                break;
            case 3:
                Put(json, "type", input);
                break;
            case 4:
                Entry(json, "stringData", input, value => value.ToStringUtf8());
                break;
            case 5:
                json["immutable"] = input.ReadBool();
                break;
            default:
                input.SkipLastField();
                break;
        }
    }

    private static void ConfigMapField(JsonObject json, int field, CodedInputStream input)
    {
        switch (field)
        {
            case 1:
                json["metadata"] = Metadata(Bytes(input));
                break;
            case 2:
                Entry(json, "data", input, value => value.ToStringUtf8());
                break;
            case 3:
                Entry(json, "binaryData", input, value => Convert.ToBase64String(value.ToByteArray()));
                break;
            case 4:
                json["immutable"] = input.ReadBool();
                break;
            default:
                input.SkipLastField();
                break;
        }
    }

    // spec and status of a Namespace are the server's own.
    private static void NamespaceField(JsonObject json, int field, CodedInputStream input)
    {
        if (field == 1)
        {
            json["metadata"] = Metadata(Bytes(input));
        }
        else
        {
            input.SkipLastField();
        }
    }

    private static void EvictionField(JsonObject json, int field, CodedInputStream input)
    {
        switch (field)
        {
            case 1:
                json["metadata"] = Metadata(Bytes(input));
                break;
            case 2:
                var options = new JsonObject();
                Each(Bytes(input), (part, inner) => DeleteOptionsField(options, part, inner));
                json["deleteOptions"] = options;
                break;
            default:
                input.SkipLastField();
                break;
        }
    }

    private static void DeleteOptionsField(JsonObject json, int field, CodedInputStream input)
    {
        switch (field)
        {
            case 1:
                json["gracePeriodSeconds"] = input.ReadInt64();
                break;
            case 2:
                var preconditions = new JsonObject();
                Each(Bytes(input), (part, inner) => Put(preconditions, part == 1 ? "uid" : part == 2 ? "resourceVersion" : null, inner));
                json["preconditions"] = preconditions;
                break;
            case 3:
                json["orphanDependents"] = input.ReadBool();
                break;
            case 4:
                Put(json, "propagationPolicy", input);
                break;
            case 5:
                Append(json, "dryRun", input.ReadString());
                break;
            default:
                input.SkipLastField();
                break;
        }
    }

    private static JsonObject Metadata(byte[] raw)
    {
        var json = new JsonObject();
        Each(raw, (field, input) =>
        {
            switch (field)
            {
                case 1 or 2 or 3 or 5 or 6:
                    Put(json, field switch { 1 => "name", 2 => "generateName", 3 => "namespace", 5 => "uid", _ => "resourceVersion" }, input);
                    break;
                case 11 or 12:
                    Entry(json, field == 11 ? "labels" : "annotations", input, value => value.ToStringUtf8());
                    break;
                case 13:
                    Append(json, "ownerReferences", Owner(Bytes(input)));
                    break;
                case 14:
                    Append(json, "finalizers", input.ReadString());
                    break;
                default:
                    // Times, generation and managed fields are the server's own.
                    input.SkipLastField();
                    break;
            }
        });
        return json;
    }

    private static JsonObject Owner(byte[] raw)
    {
        var json = new JsonObject();
        Each(raw, (field, input) =>
        {
            switch (field)
            {
                case 1 or 3 or 4 or 5:
                    Put(json, field switch { 1 => "kind", 3 => "name", 4 => "uid", _ => "apiVersion" }, input);
                    break;
                case 6 or 7:
                    json[field == 6 ? "controller" : "blockOwnerDeletion"] = input.ReadBool();
                    break;
                default:
                    input.SkipLastField();
                    break;
            }
        });
        return json;
    }

    private static void Entry(JsonObject json, string name, CodedInputStream input, Func<ByteString, string> read)
    {
        var (key, value) = ("", ByteString.Empty);
        Each(Bytes(input), (field, entry) =>
        {
            switch (field)
            {
                case 1:
                    key = entry.ReadString();
                    break;
                case 2:
                    value = entry.ReadBytes();
                    break;
                default:
                    entry.SkipLastField();
                    break;
            }
        });
        json[name] ??= new JsonObject();
        json[name]![key] = read(value);
    }

    private static void Append(JsonObject json, string name, JsonNode value)
    {
        json[name] ??= new JsonArray();
        json[name]!.AsArray().Add(value);
    }

    // Go writes empty strings too; as JSON they are absent.
    private static void Put(JsonObject json, string? name, CodedInputStream input)
    {
        if (name is null)
        {
            input.SkipLastField();
        }
        else if (input.ReadString() is { Length: > 0 } text)
        {
            json[name] = text;
        }
    }

    private static byte[] Bytes(CodedInputStream input) => input.ReadBytes().ToByteArray();

    private static void Each(byte[] message, Action<int, CodedInputStream> field)
    {
        using var input = new CodedInputStream(message);
        uint tag;
        while ((tag = input.ReadTag()) != 0)
        {
            field(WireFormat.GetTagFieldNumber(tag), input);
        }
    }
}
