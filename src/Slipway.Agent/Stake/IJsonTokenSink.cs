using System.Text.Json;

namespace Slipway.Agent.Stake;

internal interface IJsonTokenSink
{
    /// <summary>Called with the reader standing on a token; must not read on.</summary>
    void Token(ref Utf8JsonReader reader);
}
