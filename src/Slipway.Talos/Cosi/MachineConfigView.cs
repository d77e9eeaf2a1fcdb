using System.Text;
using Google.Protobuf;
using Slipway.Core.Failures;
using Slipway.Core.Secrets;
using YamlDotNet.Core;

namespace Slipway.Talos.Cosi;

/// <summary>
/// The machine config inside its resource. Field 1 of the binary spec is the text as it was submitted, comments included; the
/// YAML spec is a scalar that holds YAML, or in old versions the YAML itself.
/// </summary>
public static class MachineConfigView
{
    private const int YamlMarshalled = 1;

    /// <summary>All documents.</summary>
    /// <exception cref="SlipwayException">Unknown: neither form can be read.</exception>
    public static Sensitive Of(CosiResource resource)
    {
        try
        {
            if (FromProto(resource.ProtoSpec) is { } text)
            {
                return new Sensitive(text);
            }
        }
        catch (Exception error) when (error is InvalidProtocolBufferException or DecoderFallbackException)
        {
            throw new SlipwayException(FailureReason.Unknown, $"the node's resource {resource} cannot be read") { Found = "damaged protobuf" };
        }

        return new Sensitive(IsScalar(resource.Yaml) ? resource.Text() ?? "" : resource.Yaml);
    }

    private static string? FromProto(ReadOnlyMemory<byte> spec)
    {
        var input = new CodedInputStream(spec.ToArray());
        while (input.ReadTag() is not 0 and var tag)
        {
            if (WireFormat.GetTagFieldNumber(tag) == YamlMarshalled && WireFormat.GetTagWireType(tag) == WireFormat.WireType.LengthDelimited)
            {
                return new UTF8Encoding(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true).GetString(input.ReadBytes().Span);
            }

            input.SkipLastField();
        }

        return null;
    }

    private static bool IsScalar(string yaml)
    {
        try
        {
            var parser = new Parser(new StringReader(yaml));
            while (parser.MoveNext())
            {
                switch (parser.Current)
                {
                    case YamlDotNet.Core.Events.Scalar:
                        return true;
                    case YamlDotNet.Core.Events.MappingStart or YamlDotNet.Core.Events.SequenceStart:
                        return false;
                }
            }
        }
        catch (YamlException)
        {
            // Let whoever reads the config say where it is broken.
        }

        return false;
    }
}
