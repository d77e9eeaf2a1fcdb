using Slipway.Core.Planning;

namespace Slipway.Core.Doctor.Checks;

/// <summary>The machine bears the marks that the spec names. A run refuses others on its own account, before it asks for anything else.</summary>
internal sealed class IdentityCheck : NodeCheck
{
    public override string Id => "node.identity";

    public override string Why => "a machine that was swapped or readdressed must not get another one's configuration";

    public override CheckMoments Moments => CheckMoments.BlankMachine | CheckMoments.Running;

    public override IEnumerable<CheckLine> Look(NodeSubject subject)
    {
        var identity = subject.Node.Identity;
        if (identity.IsEmpty)
        {
            yield return NotApplicable("the spec names no UUID, MAC or serial number for this node");
            yield break;
        }

        var marks = ((string Name, string? Value)[])[("UUID", identity.Uuid), ("serial", identity.Serial), ("MAC", identity.Mac)];
        var expected = string.Join(", ", marks.Where(mark => mark.Value is not null).Select(mark => $"{mark.Name} {mark.Value}"));
        var mismatches = NodeIdentityCheck.Mismatches(subject.Node, subject.Seen);
        yield return mismatches.Count == 0
            ? Pass(expected, "the same")
            : Fail(expected, string.Join(", ", mismatches.Select(mismatch => $"{mismatch.Mark} {mismatch.Found}")), "correct the address or the identity in the spec");
    }
}
