using Slipway.Rehearsal.Configs;

namespace Slipway.Rehearsal.Nodes;

/// <content>ApplyConfiguration: the rules of each version, in and outside maintenance.</content>
internal sealed partial class RehearsedNode
{
    /// <summary>How long a config stays on trial unless the call says otherwise (Talos constants.ConfigTryTimeout).</summary>
    private static readonly TimeSpan DefaultTrial = TimeSpan.FromMinutes(1);

    private ITimer? _trial;
    private NodeConfig? _beforeTrial;
    private bool _cutOff;

    /// <param name="text">A whole multi-document config.</param>
    /// <param name="admin">Whether the caller may do this outside maintenance.</param>
    public ApplyAnswer Apply(string text, ApplyMode mode, bool dryRun, TimeSpan? trial, bool admin)
    {
        lock (_world.Gate)
        {
            if (Api == ApiPresence.Maintenance)
            {
                return ApplyInMaintenance(text, mode, dryRun);
            }

            if (!admin)
            {
                throw Refusal.NotAuthorized();
            }

            if (Traits.AppliesWithoutReboot && mode == ApplyMode.Reboot)
            {
                throw Refusal.NotServed("apply configuration with reboot mode is not supported");
            }

            var (config, warnings) = Read(text);
            if (config is { IsComplete: false })
            {
                throw new Refusal(RefusalCode.InvalidArgument, "configuration must contain a v1alpha1 document");
            }

            var effective = EffectiveMode(config, mode);
            if (dryRun)
            {
                return new ApplyAnswer([], effective, $"Dry run summary:\n{Describe(effective)}\n{ConfigDiff.Of(_active!.Text, text)}");
            }

            RefuseWhenFull();
            return new ApplyAnswer(warnings, effective, Carry(config, effective, trial));
        }
    }

    private ApplyAnswer ApplyInMaintenance(string text, ApplyMode mode, bool dryRun)
    {
        if (!Traits.MaintenanceIsReader && mode is ApplyMode.NoReboot or ApplyMode.Staged)
        {
            var name = mode == ApplyMode.Staged ? "staged" : "no-reboot";
            throw Refusal.NotServed($"apply configuration --mode='{name}' is not supported in maintenance mode");
        }

        var (config, warnings) = Read(text);
        var answered = !Traits.MaintenanceIsReader ? ApplyMode.Reboot : mode is ApplyMode.Reboot or ApplyMode.Auto ? ApplyMode.NoReboot : mode;
        if (dryRun)
        {
            return new ApplyAnswer([], answered, "Dry run summary:\nNode is running in maintenance mode and does not have a config yet.");
        }

        Write(LedgerKind.Applied, $"maintenance {mode}");
        if (config.IsComplete)
        {
            // The answer goes out first; then the port's life in maintenance ends.
            After(TimeSpan.FromSeconds(1), () => LeaveMaintenance(config, trial: mode == ApplyMode.Try));
        }

        return new ApplyAnswer(warnings, answered, Traits.MaintenanceIsReader ? "Applied configuration without a reboot" : "");
    }

    private void LeaveMaintenance(NodeConfig config, bool trial)
    {
        if (Stage != MachineStage.Maintenance)
        {
            return;
        }

        Persistent = trial ? null : config;
        SetApi(ApiPresence.Away);
        if (!Traits.AppliesWithoutReboot)
        {
            if (_disk.IsInstalled)
            {
                // Talos is on the disk and only its STATE was wiped: the config is saved and the machine boots on.
                _disk = _disk with { Config = config.Text };
                SetStage(MachineStage.Booting);
                StartWith(config);
            }
            else
            {
                InstallThenReboot(config);
            }

            return;
        }

        SetStage(MachineStage.Booting);
        if (_disk.IsInstalled)
        {
            _disk = _disk with { Config = config.Text };
        }
        else if (config.Install is not null || config.UnattendedInstall is not null)
        {
            InstallInBackground(config);
        }

        StartWith(config);
    }

    private (NodeConfig Config, IReadOnlyList<string> Warnings) Read(string text)
    {
        var reading = ConfigReader.Read(text, Traits.Version, Plate.Hardware, _disk.IsInstalled);
        return reading.Config is { } config
            ? (config, reading.Warnings)
            : throw new Refusal(RefusalCode.InvalidArgument, "configuration validation failed: " + reading.ErrorText);
    }

    private ApplyMode EffectiveMode(NodeConfig config, ApplyMode mode)
    {
        if (Traits.AppliesWithoutReboot)
        {
            return mode == ApplyMode.Auto ? ApplyMode.NoReboot : mode;
        }

        var immediate = ImmediateChange.IsEnough(_active!, config);
        return mode switch
        {
            ApplyMode.Auto => immediate ? ApplyMode.NoReboot : ApplyMode.Reboot,
            ApplyMode.NoReboot or ApplyMode.Try when !immediate =>
                throw new Refusal(RefusalCode.InvalidArgument, "the configuration can't be applied without a reboot: this config change can't be applied in immediate mode"),
            _ => mode,
        };
    }

    private string Carry(NodeConfig config, ApplyMode mode, TimeSpan? trial)
    {
        Write(LedgerKind.Applied, mode.ToString());
        if (mode == ApplyMode.Try)
        {
            StartTrial(config, trial ?? DefaultTrial);
            return Describe(mode);
        }

        CancelTrial();
        Persistent = config;
        if (_disk.IsInstalled)
        {
            _disk = _disk with { Config = config.Text };
        }

        if (mode == ApplyMode.NoReboot)
        {
            CutOffBy(config);
            _active = config;
        }
        else if (mode == ApplyMode.Reboot)
        {
            After(TimeSpan.FromSeconds(1), () => BeginReboot("applyConfiguration", "config applied", ""));
        }

        ConfigChanged();
        return Describe(mode);
    }

    private void StartTrial(NodeConfig config, TimeSpan length)
    {
        _trial?.Dispose();
        _beforeTrial ??= _active;
        CutOffBy(config);
        _active = config;
        ConfigChanged();
        // Time does not leap to the end of a trial by itself: whoever looks at its effect and confirms it does so in no time.
        _trial = AfterLimit(length, EndTrial);
    }

    private void EndTrial()
    {
        if (_beforeTrial is { } before)
        {
            _active = before;
            CancelTrial();
            Write(LedgerKind.TryReverted);
            ConfigChanged();
            if (_cutOff)
            {
                _cutOff = false;
                SetApi(ApiPresence.Cluster);
            }
        }
    }

    /// <summary>By its own fault, or on order: nobody reaches the node as long as it has this network. The answer to the call still goes out.</summary>
    private void CutOffBy(NodeConfig config)
    {
        var ordered = _world.FaultOn(FaultKind.NetworkCutsOff, Plate.Name) is not null;
        if (NetworkPart.Differs(_active!, config) && (ordered || NetworkReach.IsCutOff(config, Traits.Version, Plate.Hardware)))
        {
            Write(LedgerKind.Fault, "the new network cuts the node off");
            _cutOff = true;
            After(TimeSpan.FromSeconds(1), () => SetApi(_cutOff ? ApiPresence.Away : Api));
        }
    }

    private void CancelTrial()
    {
        _trial?.Dispose();
        (_trial, _beforeTrial) = (null, null);
    }

    private void RefuseWhenFull()
    {
        if (_disk.IsInstalled && _world.FaultOn(FaultKind.DiskFull, Plate.Name) is not null)
        {
            Write(LedgerKind.Fault, "disk full");
            throw new Refusal(RefusalCode.Internal, "failed to write config: no space left on device");
        }
    }

    private static string Describe(ApplyMode mode) => mode switch
    {
        ApplyMode.NoReboot => "Applied configuration without a reboot",
        ApplyMode.Reboot => "Applied configuration with a reboot",
        ApplyMode.Staged => "Staged configuration to be applied after the next reboot",
        _ => "The config is applied in 'try' mode and will be automatically reverted back",
    };
}
