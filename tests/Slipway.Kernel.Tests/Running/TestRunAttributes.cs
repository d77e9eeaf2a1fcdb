using System.Runtime.InteropServices;

namespace Slipway.Kernel.Tests.Running;

/// <summary>The test arm of union bpf_attr (linux/bpf.h).</summary>
[StructLayout(LayoutKind.Sequential)]
internal struct TestRunAttributes
{
    public uint Program;
    public uint Returned;
    public uint InputSize;
    public uint OutputSize;
    public ulong Input;
    public ulong Output;
    public uint Repeat;
    public uint Duration;
    public uint ContextInputSize;
    public uint ContextOutputSize;
    public ulong ContextInput;
    public ulong ContextOutput;
    public uint Flags;
    public uint Cpu;
    public uint BatchSize;
}
