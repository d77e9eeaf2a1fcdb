using System.Diagnostics;
using System.Text;

namespace Slipway.Kernel.Tests.Machine;

/// <summary>What a process writes to its standard error, gathered while it runs: what a failed test says of it.</summary>
internal sealed class ProcessWords
{
    private readonly StringBuilder _said = new();

    /// <param name="process">Just started, its standard error redirected.</param>
    public ProcessWords(Process process)
    {
        process.ErrorDataReceived += (_, line) =>
        {
            lock (_said)
            {
                _said.AppendLine(line.Data);
            }
        };
        process.BeginErrorReadLine();
    }

    public override string ToString()
    {
        lock (_said)
        {
            return _said.ToString();
        }
    }
}
