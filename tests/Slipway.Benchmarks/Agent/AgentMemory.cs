namespace Slipway.Benchmarks.Agent;

/// <summary>What the kernel counts as a process's memory, in MiB.</summary>
/// <param name="Resident">VmRSS</param>
/// <param name="Peak">VmHWM</param>
/// <param name="File">RssFile</param>
internal sealed record AgentMemory(double Resident, double Peak, double File);
