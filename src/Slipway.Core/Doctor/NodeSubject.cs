using Slipway.Core.Filter;
using Slipway.Core.Planning;
using Slipway.Core.Policies;
using Slipway.Core.Spec;
using Slipway.Core.Versions;

namespace Slipway.Core.Doctor;

/// <summary>One node as a check sees it: what is wanted of it and what was seen. Checks are functions of this and of nothing else.</summary>
public sealed record NodeSubject
{
    /// <summary>Null when nodes are looked at without a spec.</summary>
    public ClusterSpec? Spec { get; init; }

    /// <summary>The node's part of the spec; without a spec only its name and address mean something.</summary>
    public required NodeSpec Node { get; init; }

    public required NodeIntent Intent { get; init; }

    public required NodeObservation Seen { get; init; }

    public NodeDetail Detail { get; init; } = NodeDetail.Nothing;

    public required CheckMoments Moment { get; init; }

    /// <summary>What the config differs in from the desired one; null when there is no spec to compare with.</summary>
    public int? ConfigChanges { get; init; }

    /// <summary>Runs a validator, or the RPC node beside one. Without a spec the label tells that a run gave the node.</summary>
    public bool IsValidator => Spec is null ? Intent.Labels.GetValueOrDefault(ValidatorNodes.LabelKey) == ValidatorNodes.LabelValue : ValidatorNodes.Contains(Node);

    /// <summary>Slipway's filter shall run here: it guards validators.</summary>
    public bool WantsFilter => Spec is null ? Intent.ExtensionServices.Contains(FilterExtension.Name) : Spec.Xdp.Mode != XdpMode.Off && IsValidator;

    /// <summary>Somebody wants the NIC's XDP hook: the filter, the validator itself, or Cilium.</summary>
    public bool WantsXdp => WantsFilter || ClientUsesXdp || Spec?.Cilium.Acceleration is AccelerationProfile.Native or AccelerationProfile.BestEffort;

    /// <summary>Somebody wants it who does not run without it.</summary>
    public bool NeedsXdp => ClientUsesXdp || Spec?.Cilium.Acceleration == AccelerationProfile.Native;

    /// <summary>The node does its work, and is looked at as a whole.</summary>
    public bool Runs => (Moment & CheckMoments.Running) != 0;

    /// <summary>Null when there is no spec.</summary>
    public ReleaseVersion? WantedTalos => Spec?.TalosOf(Node);

    /// <summary>The MTU that the node's network is to have; null when nobody says.</summary>
    public int? WantedMtu => Node.Interface?.Mtu ?? Spec?.Network.Mtu;

    /// <summary>
    /// The link that the node's traffic uses: the one that the spec names, else the one with the node's address, else the first
    /// physical one that is up.
    /// </summary>
    public LinkObservation? MainLink =>
        (Node.Interface is { } wanted ? Seen.Links.FirstOrDefault(link => link.Name == (wanted.Vlan is { } vlan ? $"{wanted.Name}.{vlan.Id}" : wanted.Name)) : null)
        ?? Seen.Links.FirstOrDefault(link => link.Addresses.Any(address => address.Split('/')[0] == Node.Address))
        ?? Seen.Links.FirstOrDefault(link => link is { IsPhysical: true, Up: true });

    /// <summary>The main link and all that lies beneath it: the parent of a VLAN, the members of a bond or bridge.</summary>
    public IReadOnlyList<LinkObservation> Hops
    {
        get
        {
            var hops = new List<LinkObservation>();
            var open = new Queue<LinkObservation>(MainLink is { } main ? [main] : []);
            while (open.TryDequeue(out var link))
            {
                if (hops.Contains(link))
                {
                    continue;
                }

                hops.Add(link);
                foreach (var below in Seen.Links.Where(other => other.Index > 0
                    && (other.Index == link.ParentIndex || (other.MasterIndex == link.Index && link.Kind is "bond" or "bridge"))))
                {
                    open.Enqueue(below);
                }
            }

            return hops;
        }
    }

    /// <summary>The NICs at the bottom of <see cref="Hops"/>.</summary>
    public IReadOnlyList<LinkObservation> Nics => [.. Hops.Where(link => link.IsPhysical)];

    private bool ClientUsesXdp => Node.Client is ValidatorClient.AgaveXdp or ValidatorClient.Firedancer;

    public FileContent File(string path) => Detail.Files.TryGetValue(path, out var content) ? content : FileContent.NotAsked;

    /// <summary>Null when the folder is not there.</summary>
    public IReadOnlyList<string>? Folder(string path) => Detail.Folders.GetValueOrDefault(path);
}
