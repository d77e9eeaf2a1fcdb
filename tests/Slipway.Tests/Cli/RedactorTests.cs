using System.Text;
using System.Text.Json;
using CsCheck;
using Slipway.Cli.Output;
using Slipway.Core.Secrets;

namespace Slipway.Tests.Cli;

public sealed class RedactorTests
{
    private const string Key = "-----BEGIN ED25519 PRIVATE KEY-----\nMC4CAQAwBQYDK2VwBCIEIKq0hexample0000000000000000000000000000\n-----END ED25519 PRIVATE KEY-----\n";

    [Fact]
    public void A_secret_is_masked_in_every_form_in_which_it_travels()
    {
        var redactor = new Redactor();
        redactor.Register(new Sensitive(Key));
        redactor.Register(new Sensitive("a\"quoted\"secret"));

        Assert.DoesNotContain("hexample", redactor.Redact($"key is {Key}"), StringComparison.Ordinal);
        Assert.Equal("key: ***", redactor.Redact("key: " + Convert.ToBase64String(Encoding.UTF8.GetBytes(Key))));
        Assert.DoesNotContain("hexample", redactor.Redact("  MC4CAQAwBQYDK2VwBCIEIKq0hexample0000000000000000000000000000"), StringComparison.Ordinal);
        Assert.DoesNotContain("quoted", redactor.Redact(JsonSerializer.Serialize("a\"quoted\"secret")), StringComparison.Ordinal);
    }

    [Fact]
    public void What_is_the_same_for_everyone_stays_readable()
    {
        var redactor = new Redactor();
        redactor.Register(new Sensitive(Key));
        redactor.Register(new Sensitive("short"));

        Assert.Equal("-----BEGIN ED25519 PRIVATE KEY----- is short of a key", redactor.Redact("-----BEGIN ED25519 PRIVATE KEY----- is short of a key"));
    }

    [Fact]
    public void Of_a_whole_config_the_keys_and_tokens_are_masked_and_the_rest_stays_readable()
    {
        var redactor = new Redactor();
        redactor.Register(new Sensitive("machine:\n  type: controlplane\n  token: abcdef.0123456789abcdef\n  ca:\n    key: TUM0Q0FRQXdCUVlESzJWd0JDSUVJ\n"));

        Assert.Equal("  type: controlplane", redactor.Redact("  type: controlplane"));
        Assert.Equal("token ***, key ***", redactor.Redact("token abcdef.0123456789abcdef, key TUM0Q0FRQXdCUVlESzJWd0JDSUVJ"));
    }

    [Fact]
    public void A_secret_that_arrives_in_pieces_does_not_get_through()
    {
        // Whole lines are what a terminal gets; how they were put together must not matter.
        Gen.Int[1, 12].List[1, 12].Sample(cuts =>
        {
            var redactor = new Redactor();
            redactor.Register(new Sensitive("abcdef.0123456789abcdef"));
            using var inner = new StringWriter();
            using var writer = new RedactingWriter(inner, redactor);
            var text = "token abcdef.0123456789abcdef end\n";
            foreach (var cut in cuts.Append(text.Length))
            {
                var length = Math.Min(cut, text.Length);
                writer.Write(text[..length]);
                text = text[length..];
            }

            writer.Flush();
            return inner.ToString() == "token *** end\n";
        });
    }

    [Fact]
    public void What_the_user_asked_to_see_is_shown_once_and_only_there()
    {
        var redactor = new Redactor();
        redactor.Register(new Sensitive("abcdef.0123456789abcdef"));
        using var inner = new StringWriter();
        using var writer = new RedactingWriter(inner, redactor);

        writer.Write("before abcdef.0123456789abcdef ");
        writer.WriteRevealed("abcdef.0123456789abcdef\n");
        writer.Write("after abcdef.0123456789abcdef\n");

        Assert.Equal("before *** abcdef.0123456789abcdef\nafter ***\n", inner.ToString());
    }
}
