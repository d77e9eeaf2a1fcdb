using System.Text;
using CsCheck;
using Google.Protobuf;
using Slipway.Rehearsal.Kubernetes.Http;
using Slipway.Rehearsal.Kubernetes.Json;

namespace Slipway.Tests.Rehearsal.Kubernetes;

public sealed class ProtobufBodyTests
{
    [Fact]
    public void Reads_a_secret_as_helm_posts_it()
    {
        var label = Message(output => Text(Text(output, 1, "owner"), 2, "helm"));
        var metadata = Message(output => Part(Text(Text(output, 1, "sh.helm.release.v1.tiny.v1"), 3, "kube-system"), 11, label));
        var data = Message(output => Part(Text(output, 1, "release"), 2, [0, 1, 255]));
        var json = ProtobufBody.Read(Body("Secret", Message(output => Text(Part(Part(output, 1, metadata), 2, data), 3, "helm.sh/release.v1"))));

        Assert.Equal(("v1", "Secret", "helm.sh/release.v1"), (json.Text("apiVersion"), json.Text("kind"), json.Text("type")));
        Assert.Equal(("sh.helm.release.v1.tiny.v1", "kube-system"), (json.Text("metadata", "name"), json.Text("metadata", "namespace")));
        Assert.Equal("helm", json.Text("metadata", "labels", "owner"));
        Assert.Equal("AAH/", json.Text("data", "release"));
    }

    [Fact]
    public void Refuses_a_kind_that_it_does_not_know() =>
        Assert.Equal(415, Assert.Throws<ApiException>(() => ProtobufBody.Read(Body("Deployment", []))).Code);

    [Fact]
    public void Answers_any_bytes_with_an_object_or_a_clear_refusal() =>
        Gen.Select(Gen.Int[0, 3].Select(i => new[] { "Secret", "ConfigMap", "DeleteOptions", "Eviction" }[i]), Gen.Byte.Array[0, 60]).Sample((kind, raw) =>
        {
            try
            {
                return ProtobufBody.Read(Body(kind, raw)).Text("kind") is not null;
            }
            catch (ApiException error)
            {
                return error.Code is 400 or 415;
            }
        });

    private static byte[] Body(string kind, byte[] raw) =>
        [.. Encoding.ASCII.GetBytes("k8s\0"), .. Message(output => Part(Part(output, 1, Message(meta => Text(Text(meta, 1, "v1"), 2, kind))), 2, raw))];

    private static byte[] Message(Action<CodedOutputStream> write)
    {
        using var buffer = new MemoryStream();
        using (var output = new CodedOutputStream(buffer, leaveOpen: true))
        {
            write(output);
        }

        return buffer.ToArray();
    }

    private static CodedOutputStream Text(CodedOutputStream output, int field, string text) => Part(output, field, Encoding.UTF8.GetBytes(text));

    private static CodedOutputStream Part(CodedOutputStream output, int field, byte[] bytes)
    {
        output.WriteTag(field, WireFormat.WireType.LengthDelimited);
        output.WriteBytes(ByteString.CopyFrom(bytes));
        return output;
    }
}
