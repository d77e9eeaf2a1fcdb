using System.Runtime.InteropServices;

namespace Slipway.Xdp.Interop;

/// <summary>
/// The arms of union bpf_attr (linux/bpf.h) that we use. The kernel takes shorter ones than its own and reads the rest as zero.
/// </summary>
internal static class BpfAttributes
{
    [StructLayout(LayoutKind.Sequential)]
    public unsafe struct MapCreate
    {
        public uint Type;
        public uint KeySize;
        public uint ValueSize;
        public uint MaxEntries;
        public uint Flags;
        public uint InnerMapFd;
        public uint NumaNode;
        public fixed byte Name[16];
    }

    [StructLayout(LayoutKind.Sequential)]
    public struct MapElement
    {
        public uint MapFd;
        public ulong Key;
        public ulong ValueOrNextKey;
        public ulong Flags;
    }

    [StructLayout(LayoutKind.Sequential)]
    public struct MapBatch
    {
        public ulong InBatch;
        public ulong OutBatch;
        public ulong Keys;
        public ulong Values;
        public uint Count;
        public uint MapFd;
        public ulong ElementFlags;
        public ulong Flags;
    }

    [StructLayout(LayoutKind.Sequential)]
    public struct PinnedObject
    {
        public ulong Path;
        public uint Fd;
        public uint Flags;
    }

    [StructLayout(LayoutKind.Sequential)]
    public struct TestRun
    {
        public uint ProgramFd;
        public uint Returned;
        public uint DataSizeIn;
        public uint DataSizeOut;
        public ulong DataIn;
        public ulong DataOut;
        public uint Repeat;
        public uint Duration;
        public uint ContextSizeIn;
        public uint ContextSizeOut;
        public ulong ContextIn;
        public ulong ContextOut;
        public uint Flags;
        public uint Cpu;
        public uint BatchSize;
    }

    [StructLayout(LayoutKind.Sequential)]
    public struct ById
    {
        public uint StartOrId;
        public uint NextId;
        public uint OpenFlags;
    }

    [StructLayout(LayoutKind.Sequential)]
    public struct InfoByFd
    {
        public uint Fd;
        public uint Length;
        public ulong Info;
    }

    [StructLayout(LayoutKind.Sequential)]
    public struct ProgramQuery
    {
        public uint TargetInterface;
        public uint AttachType;
        public uint QueryFlags;
        public uint AttachFlags;
        public ulong ProgramIds;
        public uint Count;
        public uint Padding;
        public ulong ProgramAttachFlags;
        public ulong LinkIds;
        public ulong LinkAttachFlags;
        public ulong Revision;
    }

    [StructLayout(LayoutKind.Sequential)]
    public struct LinkCreate
    {
        public uint ProgramFd;
        public uint TargetInterface;
        public uint AttachType;
        public uint Flags;
        public uint RelativeFdOrId;
        public uint Padding;
        public ulong ExpectedRevision;
    }

    [StructLayout(LayoutKind.Sequential)]
    public struct LinkUpdate
    {
        public uint LinkFd;
        public uint NewProgramFd;
        public uint Flags;
        public uint OldProgramFd;
    }

    /// <summary>bpf_prog_info up to what the verifier says; fields that nobody asks for are one.</summary>
    [StructLayout(LayoutKind.Sequential)]
    public unsafe struct ProgramInfo
    {
        public uint Type;
        public uint Id;
        public fixed byte Tag[8];
        public uint JitedLength;
        public uint TranslatedLength;
        public ulong JitedInstructions;
        public ulong TranslatedInstructions;
        public ulong LoadTime;
        public uint CreatedByUid;
        public uint MapCount;
        public ulong MapIds;
        public fixed byte Name[16];
        public uint Interface;
        public uint Bits;
        public ulong NamespaceDevice;
        public ulong NamespaceInode;
        public fixed ulong FunctionsAndLines[14];
        public uint VerifiedInstructions;
        public uint Padding;
    }

    /// <summary>bpf_map_info up to the flags.</summary>
    [StructLayout(LayoutKind.Sequential)]
    public unsafe struct MapInfo
    {
        public uint Type;
        public uint Id;
        public uint KeySize;
        public uint ValueSize;
        public uint MaxEntries;
        public uint Flags;
        public fixed byte Name[16];
    }

    /// <summary>bpf_link_info; for XDP the union begins with the interface, for tcx with interface and attach type.</summary>
    [StructLayout(LayoutKind.Explicit, Size = 64)]
    public struct LinkInfo
    {
        [FieldOffset(0)]
        public uint Type;

        [FieldOffset(4)]
        public uint Id;

        [FieldOffset(8)]
        public uint ProgramId;

        [FieldOffset(16)]
        public uint Interface;

        [FieldOffset(20)]
        public uint AttachType;
    }
}
