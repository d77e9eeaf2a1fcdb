using System.Globalization;

namespace Slipway.Agent.Stake;

/// <summary>What the head of an answer says of its body: its length, chunks, or neither (it ends with the connection).</summary>
internal sealed record HttpHead(long? Length, bool Chunked)
{
    /// <exception cref="StakeException">No HTTP/1.x, another status than 200, or a body in a form that was not asked for.</exception>
    public static HttpHead Parse(string head)
    {
        var lines = head.Split("\r\n");
        if (lines[0].Split(' ', 3) is not [var version, { Length: 3 } status, ..] || !version.StartsWith("HTTP/1.", StringComparison.Ordinal))
        {
            throw new StakeException("the answer is not HTTP/1.1: is that the RPC port?");
        }

        if (status != "200")
        {
            throw new StakeException($"the answer's status is {string.Concat(lines[0].Where(letter => !char.IsControl(letter)).Skip(9).Take(80))}");
        }

        var chunked = false;
        long? length = null;
        foreach (var line in lines.Skip(1))
        {
            var colon = line.IndexOf(':');
            var value = colon < 0 ? "" : line[(colon + 1)..].Trim();
            switch (colon < 0 ? "" : line[..colon].ToLowerInvariant())
            {
                case "content-length":
                    length = long.TryParse(value, NumberStyles.None, CultureInfo.InvariantCulture, out var number)
                        ? number
                        : throw new StakeException("the answer's Content-Length is no number");
                    break;
                case "transfer-encoding":
                    chunked = value.Equals("chunked", StringComparison.OrdinalIgnoreCase) ? true : throw new StakeException("the answer has an unknown Transfer-Encoding");
                    break;
                case "content-encoding" when !value.Equals("identity", StringComparison.OrdinalIgnoreCase):
                    throw new StakeException("the answer is compressed, which was not asked for");
            }
        }

        return new HttpHead(chunked ? null : length, chunked);
    }
}
