using System.Text.Json;

namespace Slipway.Agent.Stake;

/// <summary>Feeds JSON from a stream to a sink, token by token, in one buffer of fixed size: an answer of any length costs 64 KiB.</summary>
internal static class JsonTokens
{
    private const int BufferSize = 64 * 1024;
    private const int DeepestNesting = 32;

    /// <exception cref="StakeException">The text is no JSON, or one value is longer than the buffer.</exception>
    public static async Task ReadAsync(Stream stream, IJsonTokenSink sink, CancellationToken cancellationToken)
    {
        var buffer = new byte[BufferSize];
        var state = new JsonReaderState(new JsonReaderOptions { MaxDepth = DeepestNesting });
        var held = 0;
        var total = 0L;
        while (true)
        {
            var read = await stream.ReadAsync(buffer.AsMemory(held), cancellationToken);
            held += read;
            total += read;
            var consumed = Consume(buffer.AsSpan(0, held), read == 0, sink, total, ref state);
            if (read == 0)
            {
                return;
            }

            held -= consumed;
            buffer.AsSpan(consumed, held).CopyTo(buffer);
            if (held == buffer.Length)
            {
                throw new StakeException($"a single value of the answer is longer than {BufferSize} bytes");
            }
        }
    }

    private static int Consume(ReadOnlySpan<byte> data, bool last, IJsonTokenSink sink, long total, ref JsonReaderState state)
    {
        try
        {
            var reader = new Utf8JsonReader(data, last, state);
            while (reader.Read())
            {
                sink.Token(ref reader);
            }

            state = reader.CurrentState;
            return (int)reader.BytesConsumed;
        }
        catch (Exception problem) when (problem is JsonException or InvalidOperationException)
        {
            throw new StakeException(total == 0 ? "the answer is empty" : $"the answer is not JSON, or ends too early, within its first {total} bytes");
        }
    }
}
