namespace Slipway.Fuzz.Patching;

/// <summary>One case: a config and a patch, in one text with a line of its own between them, so that any fuzzer can keep it in a file.</summary>
internal sealed record PatchInput(string Config, string Patch)
{
    private const string Divider = "\n%%%%\n";

    /// <summary>A text without the divider is a config that gets an empty patch.</summary>
    public static PatchInput Parse(string text) =>
        text.IndexOf(Divider, StringComparison.Ordinal) is >= 0 and var at ? new PatchInput(text[..at], text[(at + Divider.Length)..]) : new PatchInput(text, "");

    public override string ToString() => Config + Divider + Patch;
}
