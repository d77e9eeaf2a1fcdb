namespace Slipway.Fuzz.Patching;

/// <summary>The engine did something that it promises never to do.</summary>
internal sealed class BrokenLawException(string law, string found) : Exception($"{law}\n{found}");
