namespace Slipway.Core.Yaml;

/// <summary>What an unquoted scalar means in YAML 1.2's core schema (section 10.3.2); a quoted one is always text.</summary>
internal enum YamlScalarKind
{
    Text,
    Null,
    Boolean,
    Integer,
    Float,
}
