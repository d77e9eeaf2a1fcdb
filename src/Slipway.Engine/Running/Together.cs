using Slipway.Core.Failures;
using Slipway.Core.Spec;

namespace Slipway.Engine.Running;

/// <summary>The same for several nodes at once. When it fails on more than one, an operator hears of all of them.</summary>
internal static class Together
{
    /// <exception cref="SlipwayException">Of the node that comes first in the spec; its message names the others.</exception>
    public static async Task AllAsync(IReadOnlyList<NodeSpec> nodes, Func<NodeSpec, Task> work)
    {
        var tasks = nodes.Select(work).ToList();
        try
        {
            await Task.WhenAll(tasks);
        }
        catch (SlipwayException) when (tasks.Count(task => task.IsFaulted) > 1)
        {
            throw First(nodes, tasks);
        }
    }

    private static Exception First(IReadOnlyList<NodeSpec> nodes, List<Task> tasks)
    {
        var failed = nodes.Zip(tasks).Where(pair => pair.Second.IsFaulted).ToList();
        if (failed[0].Second.Exception!.InnerException is not SlipwayException first)
        {
            return failed[0].Second.Exception!.InnerException!;
        }

        var others = failed.Skip(1).Select(pair => pair.First.Name).ToList();
        var named = string.Join(", ", others.Take(5)) + (others.Count > 5 ? $" and {others.Count - 5} more" : "");
        return new SlipwayException(first.Reason, $"{first.Message}; the same phase failed on {named}", first)
        {
            Node = first.Node,
            Phase = first.Phase,
            Expected = first.Expected,
            Found = first.Found,
            Hint = first.Hint,
        };
    }
}
