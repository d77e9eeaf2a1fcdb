using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization;
using System.Text.Json.Serialization.Metadata;
using Slipway.Core.Secrets;
using Slipway.Core.Versions;

namespace Slipway.Cli.Output;

/// <summary>
/// How our records look as JSON: camelCase names, enums in kebab-case, durations as seconds in a property that says so,
/// secrets as ***.
/// </summary>
internal static class Json
{
    public const string ApiVersion = "slipway.dev/v1";

    /// <summary>For a document that somebody reads: indented.</summary>
    public static JsonSerializerOptions Pretty { get; } = Options(indented: true);

    /// <summary>For streams: one value a line.</summary>
    public static JsonSerializerOptions Line { get; } = Options(indented: false);

    /// <summary>The payload's own properties after apiVersion and kind.</summary>
    public static JsonObject Document<T>(string kind, T payload)
    {
        var document = new JsonObject { ["apiVersion"] = ApiVersion, ["kind"] = kind };
        var body = JsonSerializer.SerializeToNode(payload, Line) as JsonObject
            ?? throw new ArgumentException("a document is made of properties", nameof(payload));
        foreach (var (name, value) in body.ToList())
        {
            body.Remove(name);
            document[name] = value;
        }

        return document;
    }

    private static JsonSerializerOptions Options(bool indented) => new(JsonSerializerDefaults.Web)
    {
        WriteIndented = indented,
        DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
        // What people read on a terminal needs no protection from HTML.
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
        Converters = { new JsonStringEnumConverter(JsonNamingPolicy.KebabCaseLower), new MaskConverter(), new VersionConverter() },
        TypeInfoResolver = new DefaultJsonTypeInfoResolver { Modifiers = { DurationsInSeconds } },
    };

    private static void DurationsInSeconds(JsonTypeInfo type)
    {
        foreach (var property in type.Properties.Where(property => property.PropertyType == typeof(TimeSpan)))
        {
            property.Name += "Seconds";
            property.CustomConverter = new SecondsConverter();
        }
    }

    private sealed class SecondsConverter : JsonConverter<TimeSpan>
    {
        public override TimeSpan Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
            TimeSpan.FromSeconds(reader.GetDouble());

        public override void Write(Utf8JsonWriter writer, TimeSpan value, JsonSerializerOptions options) =>
            writer.WriteNumberValue(Math.Round(value.TotalSeconds, 3));
    }

    private sealed class MaskConverter : JsonConverter<Sensitive>
    {
        public override Sensitive Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
            throw new JsonException("secrets are not read from JSON");

        public override void Write(Utf8JsonWriter writer, Sensitive value, JsonSerializerOptions options) =>
            writer.WriteStringValue(Sensitive.Mask);
    }

    private sealed class VersionConverter : JsonConverter<ReleaseVersion>
    {
        public override ReleaseVersion? Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
            ReleaseVersion.Parse(reader.GetString() ?? "");

        public override void Write(Utf8JsonWriter writer, ReleaseVersion value, JsonSerializerOptions options) =>
            writer.WriteStringValue(value.ToString());
    }
}
