using System.Runtime.CompilerServices;
using System.Threading.Channels;

namespace Slipway.Rehearsal.Nodes;

/// <summary>
/// Somebody who is told what happens, in order. Time stands still until what was told has been sent on: or a leap could cut
/// the connection that the news of it is to go out by.
/// </summary>
internal sealed class Listener<T>(VirtualClock clock)
{
    private readonly Channel<(T Item, IDisposable Busy)> _channel =
        Channel.CreateUnbounded<(T, IDisposable)>(new UnboundedChannelOptions { SingleReader = true });

    public void Tell(T item)
    {
        var busy = clock.Busy();
        if (!_channel.Writer.TryWrite((item, busy)))
        {
            busy.Dispose();
        }
    }

    /// <summary>No more will come; what was told before can still be read.</summary>
    public void Close() => _channel.Writer.TryComplete();

    /// <summary>Nobody reads any more.</summary>
    public void Abandon()
    {
        _channel.Writer.TryComplete();
        while (_channel.Reader.TryRead(out var left))
        {
            left.Busy.Dispose();
        }
    }

    public async IAsyncEnumerable<T> ReadAllAsync([EnumeratorCancellation] CancellationToken cancellationToken)
    {
        await foreach (var (item, busy) in _channel.Reader.ReadAllAsync(cancellationToken))
        {
            using (busy)
            {
                yield return item;
            }
        }
    }
}
