using System.Net;
using Slipway.Core.Spec;
using Slipway.Core.Versions;
using Slipway.Rehearsal.Hardware;

namespace Slipway.Rehearsal.Nodes;

/// <summary>What stands on a machine's label and does not change: who and where it is.</summary>
/// <param name="Name">In the rehearsal and its cluster.yaml; the hostname comes from the config.</param>
/// <param name="Index">From 0, over all nodes.</param>
/// <param name="Hardware">As the machine itself reports it.</param>
/// <param name="Talos">The version of the image that it boots.</param>
internal sealed record NodePlate(string Name, int Index, NodeRole Role, IPAddress Address, NodeHardware Hardware, ReleaseVersion Talos);
