namespace Slipway.Agent.Configuration;

internal enum ExitBehaviour
{
    /// <summary>The program stays on its interfaces and keeps protecting; limits of strangers relax when the heartbeat is old.</summary>
    Leave,

    /// <summary>On SIGTERM everything is taken off.</summary>
    Detach,
}
