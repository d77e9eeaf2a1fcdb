using Slipway.Core.Planning;
using Slipway.Core.Spec;

namespace Slipway.Cli.Input;

/// <summary>What a machine in maintenance mode says of itself.</summary>
/// <param name="NumaNodes">CPUs of each; empty when it does not tell.</param>
/// <param name="Queues">That each NIC can have, by its name.</param>
internal sealed record SurveyedMachine(NodeObservation Seen, IReadOnlyList<CpuSet> NumaNodes, IReadOnlyDictionary<string, int> Queues);
