using System.Reflection;

namespace Slipway.Tests.Traps;

public sealed class TrapIndexTests
{
    [Fact]
    public void Every_trap_has_a_test_named_for_it()
    {
        var tests = typeof(TrapIndexTests).Assembly.GetTypes()
            .SelectMany(type => type.GetMethods(BindingFlags.Public | BindingFlags.Instance | BindingFlags.DeclaredOnly))
            .Select(method => (method.Name, Trap: method.GetCustomAttribute<TrapAttribute>()?.Number, IsTest: method.GetCustomAttributes<FactAttribute>().Any()))
            .Where(test => test.Trap is not null)
            .ToList();

        Assert.Equal(Enumerable.Range(1, 34), TrapIndex.All.Keys);
        Assert.Equal(TrapIndex.All.Keys, tests.Select(test => test.Trap!.Value).Distinct().Order());
        Assert.All(tests, test => Assert.True(test.IsTest, $"{test.Name} is marked as a test of a trap and is none"));
        Assert.All(TrapIndex.All.Keys, number => Assert.Contains(tests, test => test.Trap == number && test.Name.StartsWith($"Trap_{number}_", StringComparison.Ordinal)));
    }
}
