namespace Slipway.Kernel.Tests.Agent;

/// <summary>Long JSON lists without holding them.</summary>
internal static class ManyEntries
{
    public static void WriteJoin(this TextWriter text, int count, Func<int, string> entry)
    {
        for (var number = 0; number < count; number++)
        {
            text.Write(number == 0 ? entry(number) : $",\n{entry(number)}");
        }
    }
}
