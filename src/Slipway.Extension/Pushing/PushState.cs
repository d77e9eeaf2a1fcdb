namespace Slipway.Extension.Pushing;

/// <summary>What a push has done so far.</summary>
internal sealed class PushState
{
    public int Sent { get; set; }

    public int Present { get; set; }

    public long Bytes { get; set; }

    public PushResult Result(string digest) => new(digest, Sent, Present, Bytes);
}
