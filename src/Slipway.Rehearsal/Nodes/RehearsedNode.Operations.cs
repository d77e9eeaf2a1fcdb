using System.Text;
using Slipway.Rehearsal.Configs;
using Slipway.Rehearsal.Hardware;
using Slipway.Rehearsal.Resources;
using Slipway.Talos.Wire.Machine;

namespace Slipway.Rehearsal.Nodes;

/// <content>Reset, upgrade, rollback, metadata.</content>
internal sealed partial class RehearsedNode
{
    private readonly HashSet<string> _images = [];
    private readonly Dictionary<string, string> _imported = [];
    private bool _lifecycleBusy;

    /// <summary>Images in the system's containerd.</summary>
    public IReadOnlyList<string> ImageNames()
    {
        lock (_world.Gate)
        {
            return [.. _images.Order(StringComparer.Ordinal)];
        }
    }

    /// <summary>How long each part of an installer's run takes.</summary>
    public TimeSpan LifecycleStep()
    {
        lock (_world.Gate)
        {
            return Takes(8, 20, "installer");
        }
    }

    /// <param name="graceful">Leaves etcd first, which hangs on the last or a broken member and so is refused here.</param>
    /// <param name="labels">Partitions to wipe; empty wipes the whole system disk.</param>
    public string Reset(bool graceful, bool reboot, IReadOnlyList<string> labels)
    {
        lock (_world.Gate)
        {
            if (graceful && IsControlPlane && (_etcd is not { HasQuorum: true } etcd || etcd.Members.Count < 2))
            {
                throw Refusal.NotNow("graceful reset is not possible: etcd member can't leave the cluster");
            }

            var actor = NewActor("reset");
            Write(LedgerKind.Reset, labels.Count == 0 ? "all" : string.Join(',', labels));
            PublishSequence("reset", SequenceEvent.Types.Action.Start, actor);
            SetStage(MachineStage.Resetting, actor);
            After(Takes(10, 30, "reset"), () =>
            {
                Wipe(labels);
                Cluster?.Leave(this);
                GoDown("reset", reboot ? Takes(30, 120, "firmware") : null);
            });
            return actor;
        }
    }

    public void Rollback()
    {
        lock (_world.Gate)
        {
            if (!_disk.IsInstalled)
            {
                throw Refusal.NotNow("system disk not found");
            }

            if (_disk.Previous is not { } previous)
            {
                throw new Refusal(RefusalCode.Unknown, "no previous boot entry to fall back to");
            }

            _disk = _disk with { Talos = previous.Talos, Image = previous.Image, Arguments = previous.Arguments, Extensions = previous.Extensions, Previous = null };
            Write(LedgerKind.Rollback, previous.Image ?? "");
            BeginReboot("rollback", "rollback", "");
        }
    }

    /// <summary>The upgrade that does everything by itself; refuses with exactly two etcd members unless forced.</summary>
    public string UpgradeLegacy(string image, bool stage, bool force)
    {
        lock (_world.Gate)
        {
            if (!_disk.IsInstalled)
            {
                throw Refusal.NotNow("Talos is not installed");
            }

            if (VersionOf(image) is null || !CanBeHad(image))
            {
                throw new Refusal(RefusalCode.InvalidArgument, $"error validating installer image \"{image}\"");
            }

            if (!force && IsControlPlane && _etcd is { Members.Count: 2 })
            {
                throw Refusal.NotNow("error validating etcd for upgrade: etcd cluster has 2 members, upgrade would break quorum");
            }

            var actor = NewActor("upgrade");
            PublishSequence(stage ? "stageUpgrade" : "upgrade", SequenceEvent.Types.Action.Start, actor);
            SetStage(MachineStage.Upgrading, actor);
            After(Takes(30, 60, "upgrade"), () =>
            {
                SwitchImage(image, _active);
                BeginReboot("upgrade", "upgrade", actor);
            });
            return actor;
        }
    }

    /// <summary>Checks that a lifecycle call may run now, and lets no other one in until it is disposed.</summary>
    /// <param name="disk">Path of the disk to install to; null upgrades what is installed.</param>
    public IDisposable BeginLifecycle(string image, string? disk)
    {
        lock (_world.Gate)
        {
            if (_lifecycleBusy)
            {
                throw Refusal.NotNow("another lifecycle operation is in progress");
            }

            if (disk is not null && _disk.IsInstalled)
            {
                throw new Refusal(RefusalCode.AlreadyExists, "Talos is already installed");
            }

            if (disk is null && !_disk.IsInstalled)
            {
                throw Refusal.NotNow("Talos is not installed");
            }

            if (disk is not null && DiskAt(disk) is null)
            {
                throw new Refusal(RefusalCode.InvalidArgument, disk.Length == 0 ? "destination disk is required" : $"invalid disk path: lstat {disk}: no such file or directory");
            }

            if (!_images.Contains(image))
            {
                throw new Refusal(RefusalCode.NotFound, $"image \"{image}\" is not present in the containerd instance");
            }

            _lifecycleBusy = true;
            return new LifecycleTurn(this);
        }
    }

    /// <returns>The installer's exit code; the call itself is fine either way.</returns>
    public int FinishLifecycle(string image, string? disk)
    {
        lock (_world.Gate)
        {
            if (_world.FaultOn(FaultKind.DiskFull, Plate.Name) is not null || VersionOf(image) is null)
            {
                Write(LedgerKind.Fault, "installer failed");
                return 1;
            }

            if (disk is null)
            {
                SwitchImage(image, null);
            }
            else
            {
                InstallTo(DiskAt(disk)!, image);
            }

            return 0;
        }
    }

    public void AddImage(string reference)
    {
        lock (_world.Gate)
        {
            if (!CanBeHad(reference))
            {
                throw new Refusal(RefusalCode.NotFound, $"failed to resolve image \"{reference}\": schematic not found");
            }

            _images.Add(reference);
        }
    }

    /// <param name="name">Another image of that name, if there is one, loses it.</param>
    /// <param name="digest">Of the archive that it came in.</param>
    public void ImportImage(string name, string digest)
    {
        lock (_world.Gate)
        {
            _images.Add(name);
            _imported[name] = digest;
            Write(LedgerKind.ImageImported, name);
        }
    }

    public bool RemoveImage(string reference)
    {
        lock (_world.Gate)
        {
            return _images.Remove(reference);
        }
    }

    public void WriteMeta(uint key, ReadOnlySpan<byte> value)
    {
        lock (_world.Gate)
        {
            if (key > byte.MaxValue)
            {
                throw new Refusal(RefusalCode.InvalidArgument, "key must be a uint8");
            }

            _disk = _disk with { Meta = new Dictionary<uint, string>(_disk.Meta) { [key] = Encoding.UTF8.GetString(value) } };
            Write(LedgerKind.MetaWritten, $"0x{key:x2}");
            Changed(ResourceTypes.MetaKey);
        }
    }

    public void DeleteMeta(uint key)
    {
        lock (_world.Gate)
        {
            var meta = new Dictionary<uint, string>(_disk.Meta);
            if (!meta.Remove(key))
            {
                throw new Refusal(RefusalCode.NotFound, "key not found");
            }

            _disk = _disk with { Meta = meta };
            Changed(ResourceTypes.MetaKey);
        }
    }

    private void SwitchImage(string image, NodeConfig? config)
    {
        _disk = _disk with { Image = image, Talos = VersionOf(image), Arguments = ArgumentsOf(image, config), Extensions = ExtensionsIn(image), Previous = _disk with { Previous = null } };
        Write(LedgerKind.Upgraded, image);
    }

    /// <summary>Only writes: what runs goes on running, and nothing reboots.</summary>
    private void InstallTo(DiskHardware disk, string image)
    {
        _disk = _disk with { System = disk, Image = image, Talos = VersionOf(image), Arguments = ArgumentsOf(image, null), Extensions = ExtensionsIn(image), Config = Persistent?.Text };
        Write(LedgerKind.Installed, image);
        Changed(ResourceTypes.SystemDisk);
    }

    private DiskHardware? DiskAt(string path) => Plate.Hardware.Disks.FirstOrDefault(disk => disk.Path == path);

    private void Wipe(IReadOnlyList<string> labels)
    {
        _disk = labels.Count == 0
            ? new NodeDisk()
            : _disk with
            {
                Config = labels.Contains("STATE") ? null : _disk.Config,
                EtcdData = !labels.Contains("EPHEMERAL") && _disk.EtcdData,
                Meta = labels.Contains("META") ? new Dictionary<uint, string>() : _disk.Meta,
            };
    }

    private sealed class LifecycleTurn(RehearsedNode node) : IDisposable
    {
        public void Dispose()
        {
            lock (node._world.Gate)
            {
                node._lifecycleBusy = false;
            }
        }
    }
}
