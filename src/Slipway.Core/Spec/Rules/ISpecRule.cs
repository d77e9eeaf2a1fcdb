using Slipway.Core.Spec.Reading;

namespace Slipway.Core.Spec.Rules;

/// <summary>
/// One thing that must hold between values of a spec. A rule looks only at what is there and right: what is missing or of a
/// wrong form has been told by the reader, and a rule does not repeat it.
/// </summary>
internal interface ISpecRule
{
    void Check(SpecValue root, SpecFindings findings);
}
