namespace Slipway.Core.Doctor;

/// <summary>How one line of a checkup ended.</summary>
public enum CheckOutcome
{
    Pass,

    /// <summary>Works, but not as well as it could, or not for long.</summary>
    Warn,

    /// <summary>Not as it was asked for, or not fit for its work.</summary>
    Fail,

    /// <summary>Nothing to judge here; <see cref="CheckLine.Reason"/> says why.</summary>
    NotApplicable,
}
