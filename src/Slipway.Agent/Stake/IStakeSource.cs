namespace Slipway.Agent.Stake;

internal interface IStakeSource
{
    /// <exception cref="StakeException">With what failed, in words.</exception>
    Task<StakeTable> ReadAsync(CancellationToken cancellationToken);
}
