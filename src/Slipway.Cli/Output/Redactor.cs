using System.Buffers;
using System.Text;
using System.Text.Json;
using System.Text.RegularExpressions;
using Slipway.Core.Secrets;

namespace Slipway.Cli.Output;

/// <summary>
/// The second line of defence: the type <see cref="Sensitive"/> keeps secrets out of what we print, and this takes them out
/// should one have slipped into a text on another way. Knows the secrets of the run, also in base64 and as JSON escapes
/// them, each line of a PEM text, and the keys and tokens inside whole configs. Thread-safe.
/// </summary>
internal sealed partial class Redactor
{
    /// <summary>Shorter texts are no secrets of ours, and would be found inside ordinary words.</summary>
    private const int Shortest = 8;

    private readonly Lock _lock = new();
    private readonly HashSet<string> _secrets = new(StringComparer.Ordinal);
    private volatile Known _known = Known.Nothing;

    public void Register(Sensitive? secret)
    {
        if (secret is not null)
        {
            Register([secret]);
        }
    }

    public void Register(IEnumerable<Sensitive> secrets)
    {
        lock (_lock)
        {
            foreach (var secret in secrets)
            {
                AddForms(secret.Reveal().Trim());
            }

            // Longest first: a secret that holds another must go as a whole.
            string[] sorted = [.. _secrets.OrderByDescending(text => text.Length).ThenBy(text => text, StringComparer.Ordinal)];
            _known = new Known(sorted, SearchValues.Create(sorted, StringComparison.Ordinal));
        }
    }

    public void Register(SecretsBundle bundle) => Register(bundle.Secrets);

    public string Redact(string text)
    {
        var known = _known;
        if (known.Secrets.Length == 0 || !text.AsSpan().ContainsAny(known.Any))
        {
            return text;
        }

        var result = new StringBuilder(text);
        foreach (var secret in known.Secrets)
        {
            result.Replace(secret, Sensitive.Mask);
        }

        return result.ToString();
    }

    private void AddForms(string secret)
    {
        if (secret.Contains('\n', StringComparison.Ordinal) && !secret.StartsWith("-----BEGIN", StringComparison.Ordinal))
        {
            // A whole config or access file: most of its lines are nobody's secret, but its keys and tokens are.
            foreach (Match match in SecretValue().Matches(secret))
            {
                Add(match.Groups["value"].Value);
            }

            return;
        }

        Add(secret);
        Add(JsonEncodedText.Encode(secret).Value);
        Add(Convert.ToBase64String(Encoding.UTF8.GetBytes(secret)));
        // talosctl encodes PEM with its last newline.
        Add(Convert.ToBase64String(Encoding.UTF8.GetBytes(secret + "\n")));
        if (!secret.Contains('\n', StringComparison.Ordinal))
        {
            return;
        }

        foreach (var line in secret.Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries))
        {
            // The frame of a PEM block is the same for everyone.
            if (!line.StartsWith("-----", StringComparison.Ordinal))
            {
                Add(line);
            }
        }
    }

    [GeneratedRegex("""^[\s-]*[\w-]*(key|token|secret)(-data)?\s*:\s*["']?(?<value>[^\s"'{}\[\],]{16,})""", RegexOptions.Multiline | RegexOptions.IgnoreCase)]
    private static partial Regex SecretValue();

    private void Add(string form)
    {
        if (form.Length >= Shortest)
        {
            _secrets.Add(form);
        }
    }

    private sealed record Known(string[] Secrets, SearchValues<string> Any)
    {
        public static Known Nothing { get; } = new([], SearchValues.Create(Array.Empty<string>(), StringComparison.Ordinal));
    }
}
