using System.Text;

namespace Slipway.Tests.Spec;

/// <summary>A file that may stand where a cluster.yaml should.</summary>
/// <param name="Name">What was done to it, for failure messages and file names.</param>
/// <param name="Content">The bytes of the file; not always UTF-8.</param>
/// <param name="MustFail">False for mutations that can happen to leave a good spec.</param>
public sealed record BrokenSpec(string Name, byte[] Content, bool MustFail)
{
    /// <summary>As a program reads it that takes every file for UTF-8.</summary>
    public string Text => Encoding.UTF8.GetString(Content);

    public override string ToString() => Name;
}
