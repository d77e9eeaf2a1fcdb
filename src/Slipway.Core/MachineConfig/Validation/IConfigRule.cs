namespace Slipway.Core.MachineConfig.Validation;

/// <summary>One thing that can be wrong with a machine config.</summary>
internal interface IConfigRule
{
    void Check(ValidationContext context);
}
